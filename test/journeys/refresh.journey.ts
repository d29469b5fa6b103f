/** The browser's own engine cannot be given another address: what it fails at because one has expired goes on in the page. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {} from '../../src/index.js';
import { waitFor, type TestBrowser } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { fetched, whole } from './stage.js';

const SIZE = 10 * 1024;
const FILE = `/files/signed.bin?seed=signed&size=${SIZE}&signed-for=0`;
const PAGE = `<!doctype html>
<bg-fetch-provider></bg-fetch-provider>
<script type="module">
  import '/dist/cdn/bg-fetch-elements.js';
  const provider = document.querySelector('bg-fetch-provider');
  const BgFetchClient = provider.client.constructor; // The file for a script tag exports nothing.
  const refresh = ({ url }) => url.replace('signed-for=0', 'signed-for=9');
  const client = new BgFetchClient({ serviceWorker: '/sw.js', refresh });
  provider.client = client;
  globalThis.engines = [];
  client.subscribe((id, record) => engines.push(record.engine));
  await client.list();
  await client.start('signed', ${JSON.stringify(FILE)});
</script>`;

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

  it('is done, and answered for under the first address', async () => {
    server.pages.set('/', PAGE);
    const tab = await browser.open(`${server.origin}/`);
    const isDone = () => document.querySelector('bg-fetch-provider')!.client?.records.get('signed')?.status === 'done';
    await waitFor(tab, 'the download to be done', isDone, [], { timeout: 60_000 });
    const engines = await tab.evaluate(() => (globalThis as unknown as { engines: string[] }).engines);
    expect([engines[0], engines.at(-1)]).toEqual(['native', 'in-page']);
    expect(await fetched(tab, FILE)).toEqual(whole('signed', SIZE));
  });
});
