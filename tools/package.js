/**
 * Looks at the built package as npm would publish it: what it holds (publint), and how its types resolve (attw);
 * and at the changesets that the next version would be made of.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

// The CLI's own reader: its `status` would fail on any change that is not committed yet.
const ofChangesets = createRequire(createRequire(import.meta.url).resolve('@changesets/cli/package.json'));
/** @type {{ default(folder: string): Promise<unknown> }} */
const { default: releasePlan } = ofChangesets('@changesets/get-release-plan');
await releasePlan(process.cwd());
