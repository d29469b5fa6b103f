/** Verification of `integrity` in the worker while no page is open: `serveBackgroundFetch({ isIntact })`. */
export { isIntact } from '../manager/is-intact.js';
