/** On plain http there is no worker and nothing to store in: what is left is a link that works. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../browsers/browser.js';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { page } from './stage.js';

const HOST = 'insecure.test';

// WebKitGTK cannot be told another name for loopback.
describe.each(BROWSERS.filter((name) => name !== 'webkit'))('in %s', (name) => {
  let server: TestServer;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await TestServer.start();
    browser = await launch(name, { insecureHosts: [HOST] });
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  it.each([
    ['an address', '<bg-fetch-button src="/files/a.html?html=on"></bg-fetch-button>', ['bg-fetch-button', 'a']],
    ['a link', '<bg-fetch-button><a href="/files/a.html?html=on">Episode</a></bg-fetch-button>', ['bg-fetch-button > a']],
  ])('is a working link, made from %s', async (_from, tag, path) => {
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js">${tag}<bg-fetch-list></bg-fetch-list></bg-fetch-provider>`),
    );
    const tab = await browser.open(`http://${HOST}:${server.port}/`);
    await waitFor(tab, 'the elements', () => customElements.get('bg-fetch-list') !== undefined, []);
    expect(await tab.evaluate(() => isSecureContext)).toBe(false);
    server.site.log.length = 0;
    await tab.click(...path);
    await expect
      .poll(() => server.site.log.map(({ method, url }) => `${method} ${url}`), { timeout: 30_000 })
      .toContain('GET /files/a.html?html=on');
    await tab.close();
  });
});
