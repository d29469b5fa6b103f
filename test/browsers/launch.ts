/** Starts a browser for a journey, and says which there are. */
import type { LaunchOptions, TestBrowser } from './browser.js';
import { findBrowsers, type BrowserName } from './find.js';
import { launchPuppeteer } from './puppeteer.js';
import { launchWebKit } from './webkit.js';

/** The browsers of this machine. */
export const BROWSERS: readonly BrowserName[] = Object.values(findBrowsers()).map(({ name }) => name);

/** Starts one of them with a fresh profile. */
export function launch(name: BrowserName, options: LaunchOptions = {}): Promise<TestBrowser> {
  return name === 'webkit' ? launchWebKit(options) : launchPuppeteer(name, options);
}
