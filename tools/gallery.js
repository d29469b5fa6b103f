/** Builds the gallery, a static site. */
import { runQuietly, storybook } from './run.js';

/** Where it lies. */
export const GALLERY = '.cache/gallery';

/** Needs `custom-elements.json`: the gallery shows what the build says of the elements. */
export function buildGallery() {
  return runQuietly(storybook, ['build', '--quiet', '--disable-telemetry', '-o', GALLERY]);
}
