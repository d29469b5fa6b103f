/** How `custom-elements.json` is made from the source: the tags, and what an author can rely on, nothing else. */
import { eventsFired } from './tools/manifest/events.js';
import { forwardedParts } from './tools/manifest/forwarded-parts.js';
import { literalTypes } from './tools/manifest/literal-types.js';
import { publicSurface } from './tools/manifest/public-surface.js';
import { saidTogether } from './tools/manifest/said-together.js';
import { eachStatus } from './tools/manifest/statuses.js';
import { cssProperties } from './tools/manifest/css-properties.js';

export default {
  globs: ['src/elements/*.ts', 'src/define/*.ts'],
  outdir: '.',
  litelement: true,
  plugins: [literalTypes(), eventsFired(), forwardedParts(), cssProperties(), saidTogether(), eachStatus(), publicSurface()],
};
