/** A journey: a test with a server of its own, and with browsers that end with it. */
import { it } from 'vitest';
import type { LaunchOptions, TestBrowser } from '../browsers/browser.js';
import type { BrowserName } from '../browsers/find.js';
import { launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';

interface Means {
  readonly server: TestServer;
  /** Starts a browser with a fresh profile. */
  readonly start: (name: BrowserName, options?: LaunchOptions) => Promise<TestBrowser>;
}

export const journey = it.extend<Means>({
  server: async ({ onTestFinished }, use) => {
    const server = await TestServer.start();
    onTestFinished(() => server.stop());
    await use(server);
  },
  start: async ({ onTestFinished }, use) => {
    await use(async (name, options) => {
      const browser = await launch(name, options);
      onTestFinished(() => browser.dispose());
      return browser;
    });
  },
});
