/** What each use weighs on its first load, brotli: a file and all it imports at once. What loads on demand is counted apart. */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*"(\.{1,2}\/[^"]+)"/g;

export default [
  use('everything, by script tag', 'dist/cdn/bg-fetch-elements.js', '36 kB'),
  use('one button with its client', await bundle('src/define/bg-fetch-button.ts'), '25 kB'),
  use('the worker, by script tag', 'dist/cdn/service-worker.js', '14 kB'),
  use('the polyfill, by script tag', 'dist/cdn/polyfill.js', '16.5 kB'),
  use('the in-page engine, on demand', await bundle('src/engine/in-page/index.ts'), '15 kB'),
];

/**
 * @param {string} name
 * @param {string} entry
 * @param {string} limit
 */
function use(name, entry, limit) {
  return { name, path: [...withImports(entry)], limit, brotli: true };
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
 * As a site's own bundler would do it.
 * @param {string} entry
 * @returns {Promise<string>} the bundle
 */
async function bundle(entry) {
  const outdir = join('.cache/sizes', entry.replaceAll(/\W/g, '-'));
  await build({
    entryPoints: { index: entry },
    outdir,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    logLevel: 'error',
  });
  return join(outdir, 'index.js');
}
