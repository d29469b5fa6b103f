/** The command that puts the worker into a site. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../bin/copy-service-worker.js', import.meta.url));

let site: string;

/** The file is the package's own, and of no interest to the site's linter. */
async function isCopy(file: string, name: string): Promise<void> {
  const packaged = await readFile(new URL(`../../dist/cdn/${name}`, import.meta.url), 'utf8');
  expect(await readFile(join(site, file), 'utf8')).toBe(`/* eslint-disable */\n${packaged}`);
}

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'site-'));
});
afterEach(() => rm(site, { recursive: true }));

function run(...args: string[]): { status: number | null; said: string; complained: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd: site, encoding: 'utf8' });
  return { status, said: stdout.trim(), complained: stderr.trim() };
}

it('copies the worker into a folder, makes the folder, and says so in one line', async () => {
  const { status, said } = run('copy-service-worker', 'public/');
  expect(status).toBe(0);
  expect(said).toMatch(
    /^Copied the service worker to public\/service-worker\.js \(\d+ KB\), and service-worker-in-page\.js beside it\.$/,
  );
  await isCopy('public/service-worker.js', 'service-worker.js');
  await isCopy('public/service-worker-in-page.js', 'service-worker-in-page.js');
});

it('copies to the file that was named, over an older one', async () => {
  await writeFile(join(site, 'sw.js'), 'old');
  expect(run('copy-service-worker', 'sw.js').status).toBe(0);
  await isCopy('sw.js', 'service-worker.js');
  await isCopy('service-worker-in-page.js', 'service-worker-in-page.js');
});

it('says in one sentence why it could not', async () => {
  await writeFile(join(site, 'public'), 'a file');
  const { status, complained } = run('copy-service-worker', 'public/');
  expect(status).toBe(1);
  expect(complained).toMatch(/^Could not write public\/service-worker\.js: .+\. See npx bg-fetch-elements --help\.$/s);
});

it.each([
  [['copy-service-worker'], 'Name one folder or file to copy to.'],
  [['copy-service-worker', 'a', 'b'], 'Name one folder or file to copy to, not 2.'],
  [['copy'], 'There is no command "copy".'],
])('answers %j with what to do', (args, answer) => {
  const { status, complained } = run(...args);
  expect(status).toBe(1);
  expect(complained).toBe(`${answer} See npx bg-fetch-elements --help.`);
});

it('explains itself', () => {
  expect(run('--help')).toMatchObject({ status: 0, complained: '' });
  expect(run('--help').said).toContain('npx bg-fetch-elements copy-service-worker <folder | file.js>');
  expect(run().status).toBe(1);
});
