/** What each use weighs, brotli: a file and all it imports at once. What loads on demand is counted apart. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './tools/bundle.js';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["`](\.{1,2}\/[^"`]+)["`]/g;
const CDN = 'dist/cdn';
const BUTTON = '.cache/sizes/button';
const FIRST = `${BUTTON}/index.js`;

await bundle({ index: 'src/define/bg-fetch-button.ts' }, BUTTON);

export default [
  use('everything, by script tag', `${CDN}/bg-fetch-elements.js`, '25 kB'),
  use('one button with its client', FIRST, '14 kB'),
  use('its connection to the worker, right after that', chunk(BUTTON, 'link'), '3.3 kB', FIRST),
  use('what obeys commands, in idle time or on demand', chunk(BUTTON, 'commands'), '6.2 kB', FIRST),
  use('the in-page engine, on demand', chunk(BUTTON, 'in-page'), '15 kB', FIRST),
  use('the worker, by script tag', `${CDN}/service-worker.js`, '14 kB'),
  use('the polyfill, by script tag', `${CDN}/polyfill.js`, '16.5 kB'),
];

/**
 * @param {string} name
 * @param {string} entry
 * @param {string} limit
 * @param {string} [before] what is loaded already
 */
function use(name, entry, limit, before) {
  const there = before ? withImports(before) : new Set();
  return { name, path: [...withImports(entry)].filter((file) => !there.has(file)), limit, brotli: true };
}

/**
 * The file and what it imports, and so on.
 * @param {string} file
 * @param {Set<string>} seen
 * @returns {Set<string>}
 */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) withImports(join(dirname(file), path ?? ''), seen);
  return seen;
}

/**
 * A file that loads on demand.
 * @param {string} folder
 * @param {string} name
 */
function chunk(folder, name) {
  const chunks = join(folder, 'chunks');
  const file = readdirSync(chunks).find((each) => each.startsWith(`${name}-`));
  if (!file) throw new Error(`${chunks} has no "${name}".`);
  return join(chunks, file);
}
