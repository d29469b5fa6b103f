/** Sees to the browsers the tests run in. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { findBrowsers } from '../test/browsers/find.js';

/** @typedef {import('../test/browsers/find.js').BrowserName} BrowserName */

/** What each browser is called for people. */
export const TITLES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

/** Debian's and Ubuntu's names; Xvfb is WebKitGTK's screen, the GStreamer plug-ins its ears. */
const DEBIAN = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-good'],
};

/** The real server of one journey. */
const NGINX = '/usr/sbin/nginx';

/**
 * Installs what is missing where that can be done without asking (Debian and Ubuntu as root), and gives the browsers there are.
 * @returns {Promise<{ there: BrowserName[], missing: BrowserName[] }>}
 */
export async function browsersReady() {
  const missing = missingBrowsers();
  if (missing.length > 0 || !existsSync(NGINX)) await install(missing);
  const still = missingBrowsers();
  const names = /** @type {BrowserName[]} */ (Object.keys(TITLES));
  return { there: names.filter((name) => !still.includes(name)), missing: still };
}

/**
 * One sentence that says how to get the missing browsers.
 * @param {BrowserName[]} missing
 */
export function howToInstall(missing) {
  const names = missing.map((name) => TITLES[name]).join(' and ');
  const packages = [...missing.flatMap((name) => DEBIAN[name]), ...(missing.includes('webkit') ? ['xvfb'] : [])].join(' ');
  return `Not found: ${names}. On Debian or Ubuntu run "apt-get install ${packages}" as root; elsewhere install Chrome, Chromium or Edge, and Firefox (WebKitGTK runs on Linux only).`;
}

/** @returns {BrowserName[]} */
function missingBrowsers() {
  const found = findBrowsers();
  const names = /** @type {BrowserName[]} */ (Object.keys(TITLES));
  return names.filter((name) => !found[name] || (name === 'webkit' && !hasScreen()));
}

function hasScreen() {
  return Boolean(process.env.DISPLAY) || process.platform !== 'linux' || existsSync('/usr/bin/Xvfb');
}

/** @param {BrowserName[]} missing */
async function install(missing) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  const packages = [...missing.flatMap((name) => DEBIAN[name]), 'xvfb', 'fonts-dejavu-core', 'nginx-light', 'openssl'];
  console.log(`Installing ${packages.join(', ')} beside what needs no browser.`);
  await apt('update');
  // One by one: Ubuntu lacks some of them, and the others shall come all the same.
  for (const name of packages) await apt('install', '-y', '--no-install-recommends', name);
}

/**
 * What it says is shown only where it fails: others speak meanwhile.
 * @param {string[]} args
 */
async function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await promisify(execFile)('apt-get', ['-q', ...args], { env, maxBuffer: Infinity });
  } catch (error) {
    console.log(error instanceof Error && 'stderr' in error ? String(error.stderr) : error);
  }
}
