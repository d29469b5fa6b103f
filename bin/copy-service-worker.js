#!/usr/bin/env node
/** `npx bg-fetch-elements copy-service-worker public/`: puts the ready worker where a site's server finds it. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const HELP = `Usage: npx bg-fetch-elements copy-service-worker <folder | file.js>

Copies the ready service worker into a folder of your site, as service-worker.js, or to the file you name, and beside it
service-worker-in-page.js, which it loads where the browser has no Background Fetch of its own. Pages find it with
<bg-fetch-provider service-worker="/service-worker.js">. A worker covers the pages beside and below its own address, so put
it at the site's root. Copy both again after each update of the package.`;

const IN_PAGE = 'service-worker-in-page.js';
const [command, target, ...rest] = process.argv.slice(2);

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
    mkdirSync(dirname(file), { recursive: true });
    copy('service-worker.js', file);
    copy(IN_PAGE, join(dirname(file), IN_PAGE));
    console.log(
      `Copied the service worker to ${relative('', file)} (${(statSync(file).size / 1024).toFixed(0)} KB), and ${IN_PAGE} beside it.`,
    );
  } catch (error) {
    fail(`Could not write ${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/**
 * A site's linter has nothing to say of what it did not write.
 * @param {string} name
 * @param {string} file
 */
function copy(name, file) {
  writeFileSync(file, `/* eslint-disable */\n${readFileSync(new URL(`../dist/cdn/${name}`, import.meta.url), 'utf8')}`);
}

/** @param {string} reason */
function fail(reason) {
  console.error(`${reason} See npx bg-fetch-elements --help.`);
  process.exitCode = 1;
}
