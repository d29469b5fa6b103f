#!/usr/bin/env node
/** `npx bg-fetch-elements copy-service-worker public/`: puts the ready worker where a site's server finds it. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const HELP = `Usage: npx bg-fetch-elements copy-service-worker <folder | file.js> [--force]

Copies the ready service worker into a folder of your site, as service-worker.js, or to the file you name. Pages find it
with <bg-fetch-provider service-worker="/service-worker.js">. A worker covers the pages beside and below its own address, so
put it at the site's root. Copy it again after each update of the package.

A file that is not a worker of this package is left as it is, unless you pass --force.`;

const parts = process.argv.slice(2);
const isForced = parts.includes('--force');
const [command, target, ...rest] = parts.filter((part) => part !== '--force');

if (command === undefined || process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(HELP);
  process.exitCode = command === undefined ? 1 : 0;
} else if (command !== 'copy-service-worker') {
  fail(`There is no command "${command}".`);
} else if (target === undefined || rest.length > 0) {
  fail(`Name one folder or file to copy to${target === undefined ? '' : `, not ${1 + rest.length}`}.`);
} else {
  copyTo(target);
}

/** @param {string} where */
function copyTo(where) {
  const isFile = /\.m?js$/.test(where) && !(existsSync(where) && statSync(where).isDirectory());
  const file = isFile ? where : join(where, 'service-worker.js');
  try {
    if (!isForced && existsSync(file) && !isOurs(file)) {
      fail(
        `Failed to copy to "${file}": it is not a worker of this package. Add importScripts('/bg-fetch-elements/service-worker.js') to it, name another file, or overwrite it with --force.`,
      );
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    copy(file);
    console.log(`Copied the service worker to ${relative('', file)} (${(statSync(file).size / 1024).toFixed(0)} KB).`);
  } catch (error) {
    fail(`Could not write ${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/**
 * Returns true for a copy of a worker of this package, by its first line; 0.1 wrote the linter's line alone.
 * @param {string} file
 */
function isOurs(file) {
  const text = readFileSync(file, 'utf8');
  return /^(\/\* eslint-disable \*\/\r?\n)?\/\*! bg-fetch-elements \d/.test(text) || isOfFirstVersion(text);
}

/** @param {string} text */
function isOfFirstVersion(text) {
  return /^\/\* eslint-disable \*\/\r?\n!function\(\)\{[^\n]*\bbgFetch(Options|InPage)\b[^\n]*\s*$/.test(text);
}

/**
 * Copies the worker. A site's linter has nothing to say of what it did not write.
 * @param {string} file
 */
function copy(file) {
  writeFileSync(file, `/* eslint-disable */\n${readFileSync(new URL('../dist/cdn/service-worker.js', import.meta.url), 'utf8')}`);
}

/** @param {string} reason */
function fail(reason) {
  console.error(`${reason} See npx bg-fetch-elements --help.`);
  process.exitCode = 1;
}
