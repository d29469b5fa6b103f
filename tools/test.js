/**
 * `npm test`: installs what is missing, then build, lint, types, and every test in every browser.
 * Says which browsers ran; with `CI` set all three are required. Ends with the line "N passed, N failed".
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { browsersReady, howToInstall, TITLES } from './browsers.js';
import { packagesReady } from './ready.js';
import { depcruise, eslint, exitOf, prettier, sizeLimit, tsc, vitest } from './run.js';

/**
 * Of what is built as of the source; the build has held the types of the page and of the worker already.
 * @type {[name: string, args: string[]][]}
 */
const CHECKS = [
  ['Lint', [eslint, '.']],
  ['Formatting', [prettier, '--check', '--log-level', 'warn', '.']],
  ['Imports', [depcruise, 'src', '--output-type', 'err']],
  ['Types of the tests', [tsc, '-p', 'test/tsconfig.json']],
  ["Types of the tests' workers", [tsc, '-p', 'test/tsconfig.worker.json']],
  ['Made files', ['tools/current.js']],
  ['Package', ['tools/package.js']],
  ['Sizes', [sizeLimit]],
];
const REPORTS = '.cache/test';

/** @typedef {{ name: string, projects: string[], workers?: number }} Tests `workers`: how many files at a time */

let passed = 0;
let failed = 0;
/** @type {string[]} */
const failures = [];

// Nothing before the tests needs one.
const browsers = browsersReady();
await packagesReady();
await check('Build', ['tools/build.js', '--clean']);
const waiting = CHECKS.values();
await Promise.all([inTurn(waiting), inTurn(waiting)]);

const { there, missing } = await browsers;
if (missing.length > 0) console.log(howToInstall(missing));
if (there.length === 0 || (process.env.CI && missing.length > 0)) {
  for (const name of missing) count(false, `${TITLES[name]} is missing`);
}
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
await sideBySide(
  { name: 'Tests', projects: ['node', 'chromium', 'firefox'] },
  { name: 'Gallery', projects: ['gallery'], workers: 1 },
);
// Both wait more than they work.
await sideBySide(
  { name: 'Journeys', projects: ['journeys'], workers: 2 },
  { name: 'Tests in WebKit', projects: ['webkit'] },
  { name: 'Neighbours', projects: ['neighbours'], workers: 1 },
);

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
 * Two runs at a time, since none keeps two cores busy: one that is shown, and beside it the others in turn, each shown in the end.
 * @param {Tests} shown
 * @param {Tests[]} others
 */
async function sideBySide(shown, ...others) {
  const beside = async () => {
    for (const each of others) await tests(each, saidBy(each));
  };
  await Promise.all([tests(shown), beside()]);
  for (const each of others) process.stdout.write(readFileSync(saidBy(each)));
}

/**
 * The file of what a run says that is not shown yet.
 * @param {Tests} tests
 */
function saidBy({ name }) {
  return `${REPORTS}/${name}.txt`;
}

/**
 * Counts each test of these vitest projects, those whose browser is missing left out. A run that failed without a failing test
 * counts as one.
 * @param {Tests} tests
 * @param {string} [said] the file for what it says, instead of here
 */
async function tests({ name, projects, workers }, said) {
  const report = `${REPORTS}/${name}.json`;
  const reporting = ['--reporter', 'default', '--reporter', './tools/reporter.js', '--outputFile', report];
  const atATime = workers ? ['--maxWorkers', String(workers)] : [];
  const output = said ? openSync(said, 'w') : 'inherit';
  const code = await exitOf(
    process.execPath,
    [vitest, 'run', ...reporting, ...atATime, ...projects.flatMap((project) => ['--project', project])],
    output,
  );
  if (typeof output === 'number') closeSync(output);
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
