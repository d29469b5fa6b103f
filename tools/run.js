/** Runs other programs, and tells where the installed ones are. */
import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @param {string} path inside `node_modules` */
const installed = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

export const tsc = installed('typescript/bin/tsc');
export const cem = installed('@custom-elements-manifest/analyzer/cem.js');
export const eslint = installed('eslint/bin/eslint.js');
export const prettier = installed('prettier/bin/prettier.cjs');
export const depcruise = installed('dependency-cruiser/bin/dependency-cruise.mjs');
export const vitest = installed('vitest/vitest.mjs');
export const storybook = installed('storybook/dist/bin/dispatcher.js');
export const sizeLimit = installed('size-limit/bin.js');
export const attw = installed('@arethetypeswrong/cli/dist/index.js');
export const publint = installed('publint/src/cli.js');

/**
 * Runs a script with this Node, its output shown here; rejects when it fails.
 * @param {string} script
 * @param {string[]} args
 */
export async function run(script, args) {
  const code = await exitOf(process.execPath, [script, ...args]);
  if (code !== 0) throw new Error(`${[script, ...args].join(' ')} ended with ${code}.`);
}

/**
 * Runs a script with this Node and shows what it said only when it fails.
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<void>}
 */
export function runQuietly(script, args) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], { maxBuffer: 64 * 1024 * 1024 }, (error, output, errors) => {
      if (error) reject(new Error(`${output}${errors}`, { cause: error }));
      else resolve();
    });
  });
}

/**
 * Runs a program and gives its exit code.
 * @param {string} program
 * @param {string[]} args
 * @param {'inherit' | number} output where it speaks: here, or in an open file
 * @returns {Promise<number>}
 */
export function exitOf(program, args, output = 'inherit') {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && program === 'npm'; // There a script, which only a shell can start.
    const child = spawn(program, args, { stdio: ['inherit', output, output], shell });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
