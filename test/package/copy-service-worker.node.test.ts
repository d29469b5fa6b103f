/** The command that puts the worker into a site. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../bin/copy-service-worker.js', import.meta.url));

let site: string;

/** The file is the package's own, and of no interest to the site's linter. */
async function isCopy(file: string): Promise<void> {
  const packaged = await readFile(new URL('../../dist/cdn/service-worker.js', import.meta.url), 'utf8');
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
  expect(said).toMatch(/^Copied the service worker to public\/service-worker\.js \(\d+ KB\)\.$/);
  await isCopy('public/service-worker.js');
  expect(await readdir(join(site, 'public'))).toEqual(['service-worker.js']);
});

it.each([
  ['this version', '/* eslint-disable */\n/*! bg-fetch-elements 0.2.0, … */\n!function(){}();'],
  ['this version, as dist has it', '/*! bg-fetch-elements 0.2.0, … */\n!function(){}();'],
  ['version 0.1', '/* eslint-disable */\n!function(){serve(self.bgFetchOptions,inPage)}();\n'],
])('copies to the file that was named, over an older one of %s', async (_version, old) => {
  await writeFile(join(site, 'sw.js'), old);
  expect(run('copy-service-worker', 'sw.js').status).toBe(0);
  await isCopy('sw.js');
});

it.each([
  ['sw.js', "addEventListener('fetch', answer);"],
  ['sw.js', "/* eslint-disable */\nself.bgFetchOptions = {};\nimportScripts('/bg-fetch-elements/service-worker.js');"],
  ['sw.js', ''],
])('leaves a %s of the site itself as it is, and copies nothing', async (file, own) => {
  await writeFile(join(site, file), own);
  const { status, complained } = run('copy-service-worker', 'sw.js');
  expect(status).toBe(1);
  expect(complained).toBe(
    `Failed to copy to "${file}": it is not a worker of this package. Add importScripts('/bg-fetch-elements/service-worker.js') to it, name another file, or overwrite it with --force. See npx bg-fetch-elements --help.`,
  );
  expect(await readdir(site)).toEqual([file]);
  expect(await readFile(join(site, file), 'utf8')).toBe(own);
});

it.each([[['--force', 'copy-service-worker', 'sw.js']], [['copy-service-worker', 'sw.js', '--force']]])(
  'overwrites it for %j',
  async (args) => {
    await writeFile(join(site, 'sw.js'), 'mine');
    expect(run(...args).status).toBe(0);
    await isCopy('sw.js');
  },
);

it('keeps the notices of the licenses at the head of the file', async () => {
  const [head = ''] = (await readFile(new URL('../../dist/cdn/service-worker.js', import.meta.url), 'utf8')).split('\n');
  expect(head).toMatch(/^\/\*! bg-fetch-elements \d+\.\d+\.\d+, Copyright .+ MIT License\..*\*\/$/);
  expect(head).toContain('Contains Comlink, Copyright 2019 Google LLC, Apache License 2.0');
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
  expect(run('--help').said).toContain('npx bg-fetch-elements copy-service-worker <folder | file.js> [--force]');
  expect(run().status).toBe(1);
});
