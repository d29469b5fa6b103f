/** Where the neighbours are made: their packages, this package's tarball as npm would publish it, and what they build. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const KITCHEN = join(PROJECT, '.cache/neighbours');
const QUIET = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];

/** What a program said, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly said: string;
}

/** Installs what the neighbours need, once, and this package's tarball, each time. */
export async function openKitchen(): Promise<void> {
  await mkdir(KITCHEN, { recursive: true });
  await Promise.all(['apps', 'out'].map((folder) => rm(join(KITCHEN, folder), { recursive: true, force: true })));
  await installOnce();
  await cp(join(HERE, 'apps'), join(KITCHEN, 'apps'), { recursive: true });
  const { name, version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  await mustRun('npm', ['pack', '--ignore-scripts', '--pack-destination', KITCHEN], PROJECT);
  await mustRun('npm', ['install', '--no-save', ...QUIET, join(KITCHEN, `${name}-${version}.tgz`)]);
}

const cooked = new Map<string, Promise<string>>();

/** Builds one neighbour, once, and gives the folder it can be served from. */
export function cook(name: string): Promise<string> {
  const folder = cooked.get(name) ?? mustRun(process.execPath, ['apps/build.js', name]).then(() => join(KITCHEN, 'out', name));
  cooked.set(name, folder);
  return folder;
}

/** Builds one that will be asked for later; if that fails, it fails then. */
export function cookAhead(name: string): void {
  cook(name).catch(() => undefined);
}

/** Runs an installed program in the folder of a neighbour. */
export function runIn(name: string, program: string, ...args: string[]): Promise<Outcome> {
  return run(process.execPath, [join(KITCHEN, 'node_modules', program), ...args], join(KITCHEN, 'apps', name));
}

async function installOnce(): Promise<void> {
  const wanted = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) {
    wanted.update(await readFile(join(HERE, name)));
    await cp(join(HERE, name), join(KITCHEN, name));
  }
  const mark = join(KITCHEN, 'installed');
  const digest = wanted.digest('hex');
  if ((await readFile(mark, 'utf8').catch(() => '')) === digest) return;
  // Not `npm ci`, which wants the lock to name the binaries of every other platform too.
  await mustRun('npm', ['install', ...QUIET]);
  await writeFile(mark, digest);
}

async function mustRun(program: string, args: string[], cwd = KITCHEN): Promise<string> {
  const { code, said } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said}`);
  return said;
}

function run(program: string, args: string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && program === 'npm';
    const child = spawn(program, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said: said.join('') }));
  });
}
