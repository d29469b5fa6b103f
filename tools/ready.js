/** Brings a fresh clone to where the other tools can run. Plain Node: nothing is installed yet when this starts. */
import { existsSync, readFileSync } from 'node:fs';
import { exitOf } from './run.js';

/** Installs the packages of `package-lock.json` where they are missing or others. */
export async function packagesReady() {
  if (isInstalled()) return;
  const code = await exitOf('npm', ['ci', '--no-fund', '--no-audit']);
  if (code !== 0) throw new Error('npm ci failed; what it said stands above.');
}

function isInstalled() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const wanted = lockedPackages('package-lock.json');
  const there = lockedPackages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
  );
}

/** @returns {{ [path: string]: { version?: string, optional?: boolean } }} */
function lockedPackages(/** @type {string} */ path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
