/** The browser's own engine says that there is no room, and not how much is missing; the row does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { page, reaches, textOf } from './stage.js';

describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  let server: TestServer;
  let browser: TestBrowser;

  beforeEach(async () => {
    server = await TestServer.start();
    browser = await launch('chromium');
  });
  afterEach(async () => {
    await browser.dispose();
    await server.stop();
  });

  it('says before the start how many bytes are missing', async () => {
    const button = `<bg-fetch-button fetch-id="much" src="/files/much.bin?size=10k" download-total="${2 ** 50}"></bg-fetch-button>`;
    server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="native">${button}</bg-fetch-provider>`));
    const tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'failed');
    await expect
      .poll(() => textOf(tab, 'bg-fetch-button'), { timeout: 30_000 })
      .toMatch(/Not enough space, [\d.,]+\s\w+ missing/);
    expect(server.site.log.filter(({ url, method }) => method === 'GET' && url.startsWith('/files/much'))).toEqual([]);
  });
});
