/**
 * Builds the package: the text of the dedicated worker, modules and types (`dist/`), the files for a script tag (`dist/cdn/`), `custom-elements.json` and,
 * from it, the frameworks' typings and the editors' data (`dist/typings/`).
 * `--clean` starts from nothing.
 */
import { rmSync } from 'node:fs';
import { bundle, bundleScript } from './bundle.js';
import { cem, run, tsc } from './run.js';

if (process.argv.includes('--clean')) rmSync('dist', { recursive: true, force: true });

await run('tools/opfs-worker.js', []);

// Empties its folder, whose names carry hashes, so that old ones do not pile up.
const pages = bundle({ 'bg-fetch-elements': 'src/define.ts' }, 'dist/cdn');

await Promise.all([
  run(tsc, ['-p', 'tsconfig.json']),
  run(tsc, ['-p', 'tsconfig.worker.json']),
  run(cem, ['analyze', '--quiet']),
  pages.then(async () => {
    await bundleScript('service-worker', 'src/worker/cdn.ts', 'dist/cdn');
    await bundleScript('polyfill', 'src/polyfill/index.ts', 'dist/cdn', 'es');
    await bundleScript('polyfill.classic', 'src/polyfill/index.ts', 'dist/cdn');
    await bundleScript('integrity', 'src/worker/integrity-cdn.ts', 'dist/cdn');
  }),
]);
await Promise.all([run('tools/typings.js', []), run('tools/api.js', [])]);
