/** The site's worker is replaced, taken away, or of another version than the page. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_VERSION } from '../../src/manager/api.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { download, fetched, page, reaches, whole } from './stage.js';

const SIZE = 3 * 1024 * 1024;
const FILE = '/files/long.bin?seed=long&size=3M&rate=1M';
const BUTTON = `<bg-fetch-button fetch-id="long" src="${FILE}"></bg-fetch-button>`;
const NEXT_WORKER = `addEventListener('install', () => skipWaiting());
importScripts('/dist/cdn/service-worker.js');`;

describe.each(BROWSERS)('in %s', (name) => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    browser = await launch(name);
  });
  afterAll(() => browser.dispose());
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(async () => {
    await tab.close();
    await server.stop();
  });

  async function begin(engine: string): Promise<void> {
    server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">${BUTTON}</bg-fetch-provider>`));
    tab = await browser.open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
  }

  async function isThereWithoutServer(): Promise<void> {
    await reaches(tab, 'bg-fetch-button', 'done');
    await server.stop();
    expect(await fetched(tab, FILE)).toEqual(whole('long', SIZE));
  }

  it.each(name === 'chromium' ? ['native', 'in-page'] : ['in-page'])(
    'goes on while the worker is replaced (%s)',
    async (engine) => {
      await begin(engine);
      server.pages.set('/sw.js', NEXT_WORKER);
      await tab.evaluate(async () => {
        const registration = (await navigator.serviceWorker.getRegistration())!;
        const old = registration.active!;
        const replaced = new Promise<void>((resolve) => {
          old.addEventListener('statechange', () => old.state === 'redundant' && resolve());
        });
        await registration.update();
        await replaced;
      });
      const known = await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
      expect(known).toMatchObject([{ id: 'long' }]);
      await isThereWithoutServer();
    },
  );

  it('is done in the next visit when the worker was unregistered in the middle', async () => {
    await begin('in-page');
    await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
    await tab.reload();
    await isThereWithoutServer();
  });

  it.runIf(name === 'chromium')('a newer page leaves to the browser what the browser moves', async () => {
    await begin('native');
    server.pages.set('/', page(otherVersion(1) + `<bg-fetch-provider service-worker="/sw.js">${BUTTON}</bg-fetch-provider>`));
    await tab.reload();
    await isThereWithoutServer();
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!.engine)).toBe('native');
    expect(server.site.log.filter(({ method, headers }) => method === 'GET' && !headers.range)).toHaveLength(1);
  });

  it.runIf(name === 'chromium').each([
    [
      'a newer page does without an older worker, and says so',
      1,
      'in-page',
      `The worker speaks version ${API_VERSION}, the page ${API_VERSION + 1}.`,
    ],
    ['a newer worker obeys an older page', -1, 'native', undefined],
  ])('%s', async (_what, change, engine, words) => {
    const tags = `<bg-fetch-provider service-worker="/sw.js">${BUTTON}</bg-fetch-provider>`;
    server.pages.set('/', page(otherVersion(change) + tags));
    tab = await browser.open(`${server.origin}/`);
    expect(await download(tab)).toBe(engine);
    const said = await tab.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    if (words) expect(said[0]).toContain(words);
    else expect(said).toEqual([]);

    // Both of one version again: what was downloaded meanwhile is known.
    server.pages.set('/', page(tags));
    await tab.reload();
    await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
    await isThereWithoutServer();
  });
});

/** Makes the page speak another version, and keeps what it warns of. */
function otherVersion(change: number): string {
  return `<script>
    const post = ServiceWorker.prototype.postMessage;
    ServiceWorker.prototype.postMessage = function (message, ...more) {
      return post.call(this, message.bgFetch === 'call' ? { ...message, version: message.version + ${change} } : message, ...more);
    };
    var said = [];
    console.warn = (words) => said.push(words);
  </script>`;
}
