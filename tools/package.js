/** Looks at the built package as npm would publish it: what it holds (publint), and how its types resolve (attw). */
import { mkdirSync, readFileSync } from 'node:fs';
import { attw, exitOf, publint, run } from './run.js';

const FOLDER = '.cache/package';

/** @type {{ name: string, version: string }} */
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const tarball = `${FOLDER}/${name}-${version}.tgz`;

mkdirSync(FOLDER, { recursive: true });
// What stands in dist/ is what is looked at: no script builds it anew.
const code = await exitOf('npm', ['pack', '--ignore-scripts', '--loglevel', 'error', '--pack-destination', FOLDER]);
if (code !== 0) throw new Error(`npm pack ended with ${code}.`);
await run(publint, [tarball, '--strict']);
await run(attw, [tarball, '--profile', 'esm-only', '--quiet']);
