/** What each use weighs, brotli: a file and all it imports at once. What loads on demand is counted apart, without what is there already. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './tools/bundle.js';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["`](\.{1,2}\/[^"`]+)["`]/g;
const CDN = 'dist/cdn';
const BUTTON = '.cache/sizes/button';

await bundle({ index: 'src/define/bg-fetch-button.ts' }, BUTTON);

const everything = withImports(`${CDN}/bg-fetch-elements.js`);
const button = withImports(`${BUTTON}/index.js`);

export default [
  use('everything, by script tag: what is drawn first', '19.9 kB', everything),
  use('everything, with its connection to the worker, in idle time', '24 kB', everything, withImports(chunk(CDN, 'connect'))),
  use('one button: what is drawn first', '14 kB', button),
  use('what connects to the worker, in idle time or on demand', '3 kB', without(button, withImports(chunk(BUTTON, 'connect')))),
  use('what obeys commands, in idle time or on demand', '6.6 kB', without(button, withImports(chunk(BUTTON, 'commands')))),
  use('the in-page engine, on demand', '10 kB', without(button, withImports(chunk(BUTTON, 'in-page')))),
  use('the worker, by script tag', '8 kB', new Set([`${CDN}/service-worker.js`])),
  use("the in-page engine's half of the worker, on demand", '5.1 kB', new Set([`${CDN}/service-worker-in-page.js`])),
  use('what checks hashes in the worker, on demand', '4.6 kB', new Set([`${CDN}/integrity.js`])),
  use('the polyfill, by script tag', '14 kB', withImports(`${CDN}/polyfill.js`)),
];

/**
 * @param {string} name
 * @param {string} limit
 * @param {Set<string>[]} files
 */
function use(name, limit, ...files) {
  return { name, path: [...new Set(files.flatMap((some) => [...some]))], limit, brotli: true };
}

/**
 * What is not there already.
 * @param {Set<string>} there
 * @param {Set<string>} files
 */
function without(there, files) {
  return new Set([...files].filter((file) => !there.has(file)));
}

/**
 * The file and what it imports at once, and so on.
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
