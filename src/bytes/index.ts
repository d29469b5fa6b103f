/** Stored bodies, which the engine writes and the manager serves (docs/decisions/0002). */
export type { StoredBody } from './stored-body.js';
export { deleteBody, listBodies } from './bodies.js';
export { bodyExists, keepBody } from './keep.js';
export { readBody } from './read-body.js';
