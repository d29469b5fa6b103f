/** Opens the kitchen once for all tests of a run. */
export { openKitchen as setup } from './kitchen.js';
