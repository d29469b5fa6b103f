/** Lets the worker hold files against their hashes while no page is open: `serveBackgroundFetch({ isIntact })`. */
export { isIntact } from '../manager/integrity.js';
