/** Bytes at rest: what the engine stores and the manager serves. */
export type { StoredBody } from './stored-body.js';
export { deleteBody, listBodies } from './bodies.js';
export { bodyExists, keepBody } from './keep.js';
export { readBody } from './read-body.js';
