/**
 * `npm test`: installs what is missing, then lint, types, build, and every test in every browser.
 * Says which browsers ran; with `CI` set all three are required. Ends with the line "N passed, N failed".
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { browsersReady, howToInstall, TITLES } from './browsers.js';
import { packagesReady } from './ready.js';
import { depcruise, eslint, exitOf, prettier, sizeLimit, tsc, vitest } from './run.js';

/** @type {[name: string, args: string[]][]} */
const SOURCES = [
  ['Lint', [eslint, '.']],
  ['Formatting', [prettier, '--check', '--log-level', 'warn', '.']],
  ['Imports', [depcruise, 'src', '--output-type', 'err']],
  ['Types of the page', [tsc, '-p', 'tsconfig.json', '--noEmit', '--incremental', 'false']],
  ['Types of the worker', [tsc, '-p', 'tsconfig.worker.json', '--noEmit', '--incremental', 'false']],
  ['Types of the tests', [tsc, '-p', 'test/tsconfig.json']],
  ["Types of the tests' workers", [tsc, '-p', 'test/tsconfig.worker.json']],
];
/** @type {typeof SOURCES} */
const BUILT = [
  ['Build', ['tools/build.js', '--clean']],
  ['Made files', ['tools/current.js']],
  ['Package', ['tools/package.js']],
  ['Sizes', [sizeLimit]],
];
const REPORTS = '.cache/test';

let passed = 0;
let failed = 0;
/** @type {string[]} */
const failures = [];

await packagesReady();
const { there, missing } = browsersReady();
if (missing.length > 0) console.log(howToInstall(missing));
if (there.length === 0 || (process.env.CI && missing.length > 0)) {
  for (const name of missing) count(false, `${TITLES[name]} is missing`);
}

const waiting = SOURCES.values();
await Promise.all([inTurn(waiting), inTurn(waiting)]);
await inTurn(BUILT.values());
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
await tests('Tests', ['node', 'chromium', 'firefox']);
// After the others: three browsers at once are more than two cores bear.
await tests('Tests in WebKit', ['webkit']);
// They wait for facts more than they work: two of them at a time.
await tests('Journeys', ['journeys'], ['--maxWorkers', '2']);
await tests('Gallery', ['gallery'], ['--maxWorkers', '2']);
await tests('Neighbours', ['neighbours'], ['--maxWorkers', '2']);

console.log(`\nBrowsers: ${there.map((name) => TITLES[name]).join(', ') || 'none'}.`);
for (const failure of failures) console.log(`Failed: ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** @param {Iterable<[name: string, args: string[]]>} checks */
async function inTurn(checks) {
  for (const [name, args] of checks) await check(name, args);
}

/**
 * @param {string} name
 * @param {string[]} args
 */
async function check(name, args) {
  const started = Date.now();
  const code = await exitOf(process.execPath, args);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  count(code === 0, name);
}

/**
 * Counts each test of these vitest projects, those whose browser is missing left out. A run that failed without a failing test
 * counts as one.
 * @param {string} name
 * @param {string[]} projects
 * @param {string[]} options further options of vitest
 */
async function tests(name, projects, options = []) {
  const report = `${REPORTS}/${name}.json`;
  const reporting = ['--reporter', 'default', '--reporter', './tools/reporter.js', '--outputFile', report];
  const code = await exitOf(process.execPath, [
    vitest,
    'run',
    ...reporting,
    ...options,
    ...projects.flatMap((project) => ['--project', project]),
  ]);
  /** @type {import('./reporter.js').Outcome[]} */
  const outcomes = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : [];
  const before = failed;
  for (const { ok, test, why } of outcomes) count(ok, why ? `${test}: ${why}` : test);
  if (code !== 0 && failed === before) count(false, `${name} ended with ${code}`);
  if (code === 0 && outcomes.length === 0) count(false, `${name}: none ran`);
}

/**
 * @param {boolean} ok
 * @param {string} name
 */
function count(ok, name) {
  if (ok) {
    passed++;
  } else {
    failed++;
    failures.push(name);
  }
}
