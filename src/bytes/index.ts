/** Bytes at rest: what the engine stores and the manager serves. */
export type { StoredBody } from './stored-body.js';
export { bodyExists, deleteBody, keepBody, listBodies } from './bodies.js';
export { readBody } from './read-body.js';
