/**
 * Sizes of each use with brotli: the first load, and all that is loaded until a download is stored. Languages and hash functions are
 * loaded on demand and counted apart. The number of files is part of each name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './tools/bundle.js';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["`](\.{1,2}\/[^"`]+)["`]/g;
const CDN = 'dist/cdn';
const BUTTON = '.cache/sizes/button';

await bundle({ index: 'src/define/bg-fetch-button.ts' }, BUTTON);

export default [
  use('everything: first load', '25 kB', `${CDN}/bg-fetch-elements.js`),
  use('everything: with all that draws and acts', '53 kB', `${CDN}/bg-fetch-elements.js`, ...late(CDN)),
  use('everything: with the in-page engine', '68 kB', `${CDN}/bg-fetch-elements.js`, ...late(CDN), chunk(CDN, 'in-page')),
  use('one button: first load', '17 kB', `${BUTTON}/index.js`),
  use('one button: with all that draws and acts', '49 kB', `${BUTTON}/index.js`, ...late(BUTTON)),
  use('one button: with the in-page engine', '64 kB', `${BUTTON}/index.js`, ...late(BUTTON), chunk(BUTTON, 'in-page')),
  use('service worker', '19 kB', `${CDN}/service-worker.js`),
  use('hash functions', '5 kB', `${CDN}/integrity.js`),
  use('polyfill, module', '20 kB', `${CDN}/polyfill.js`),
  use('polyfill, classic script', '20 kB', `${CDN}/polyfill.classic.js`),
];

/**
 * @param {string} name
 * @param {string} limit
 * @param {string[]} entries
 */
function use(name, limit, ...entries) {
  const seen = new Set();
  for (const entry of entries) addImports(entry, seen);
  const path = [...seen];
  return { name: `${name} (${path.length} ${path.length === 1 ? 'file' : 'files'})`, path, limit, brotli: true };
}

/**
 * Adds a file and its static imports.
 * @param {string} file
 * @param {Set<string>} seen
 */
function addImports(file, seen) {
  if (seen.has(file)) return;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) addImports(join(dirname(file), path ?? ''), seen);
}

/**
 * Returns the chunks that every page loads when it is idle.
 * @param {string} folder
 */
function late(folder) {
  return ['acting', 'renderer'].map((name) => chunk(folder, name));
}

/**
 * Returns the file of a chunk.
 * @param {string} folder
 * @param {string} name
 */
function chunk(folder, name) {
  const chunks = join(folder, 'chunks');
  const file = readdirSync(chunks).find((each) => each.startsWith(`${name}-`));
  if (!file) throw new Error(`${chunks} has no "${name}".`);
  return join(chunks, file);
}
