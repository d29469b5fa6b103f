/**
 * Builds the package: modules and types (`dist/`), the files for a script tag (`dist/cdn/`), `custom-elements.json` and,
 * from it, the frameworks' typings and the editors' data (`dist/typings/`).
 * `--clean` starts from nothing.
 */
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { cem, run, tsc } from './run.js';

if (process.argv.includes('--clean')) rmSync('dist', { recursive: true, force: true });
// Their names carry a hash, so old ones would pile up.
rmSync('dist/cdn', { recursive: true, force: true });

/** @type {import('esbuild').BuildOptions} */
const scriptTag = {
  bundle: true,
  minify: true,
  target: 'es2022',
  // Without it Lit's development build goes in.
  conditions: ['production'],
  legalComments: 'linked',
  outdir: 'dist/cdn',
  logLevel: 'warning',
};

await Promise.all([
  run(tsc, ['-p', 'tsconfig.json']),
  run(tsc, ['-p', 'tsconfig.worker.json']),
  run(cem, ['analyze', '--quiet']),
  build({
    ...scriptTag,
    entryPoints: { 'bg-fetch-elements': 'src/define.ts', polyfill: 'src/polyfill/index.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
  }),
  build({ ...scriptTag, entryPoints: { 'service-worker': 'src/worker/cdn.ts' }, format: 'iife' }),
]);
await Promise.all([run('tools/typings.js', []), run('tools/api.js', [])]);
