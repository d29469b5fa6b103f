/** Builds the gallery once for all tests of a run. */
export { buildGallery as setup } from '../../tools/gallery.js';
