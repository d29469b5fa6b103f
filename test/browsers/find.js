/** Which browsers this machine has, and how each is started. Plain JavaScript: it runs before anything is installed. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {'chromium' | 'firefox' | 'webkit'} BrowserName */
/** @typedef {{ name: BrowserName, executablePath: string, driverPath?: string }} FoundBrowser */

const programs = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(
  (folder) => folder !== undefined,
);

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  ...onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...programs.map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
  ...programs.map((folder) => join(folder, 'Microsoft/Edge/Application/msedge.exe')),
];
const FIREFOX = [
  process.env.FIREFOX_PATH,
  ...onPath('firefox-esr', 'firefox'),
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...programs.map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
];
const WEBKIT = [
  process.env.MINIBROWSER_PATH,
  ...['x86_64', 'aarch64'].flatMap((cpu) =>
    ['4.1', '6.0', '4.0'].map(
      (version) => `/usr/lib/${cpu}-linux-gnu/${version === '6.0' ? 'webkitgtk' : 'webkit2gtk'}-${version}/MiniBrowser`,
    ),
  ),
];
const WEBKIT_DRIVER = [process.env.WEBKIT_DRIVER_PATH, ...onPath('WebKitWebDriver')];

/** What a Chromium needs to run as root, in a container and without reaching for the network by itself. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds Chromium (or Chrome, or Edge), Firefox and WebKitGTK; `CHROMIUM_PATH`, `FIREFOX_PATH`, `MINIBROWSER_PATH` and
 * `WEBKIT_DRIVER_PATH` come first.
 * @returns {{ [name in BrowserName]?: FoundBrowser }}
 */
export function findBrowsers() {
  const chromium = firstThere(CHROMIUM);
  const firefox = firstThere(FIREFOX);
  const webkit = firstThere(WEBKIT);
  const driverPath = firstThere(WEBKIT_DRIVER);
  return {
    ...(chromium && { chromium: { name: 'chromium', executablePath: chromium } }),
    ...(firefox && { firefox: { name: 'firefox', executablePath: firefox } }),
    ...(webkit && driverPath && { webkit: { name: 'webkit', executablePath: webkit, driverPath } }),
  };
}

/** @param {(string | undefined)[]} paths */
function firstThere(paths) {
  return paths.find((path) => path !== undefined && existsSync(path));
}

/** @param {string[]} names */
function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
