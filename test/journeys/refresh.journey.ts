/** A signed address has expired: the page's client knows another, whichever engine was at it, and whoever moves the bytes in the page. */
import { describe } from 'vitest';
import type { BgFetchClient } from '../../src/index.js';
import { waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, whole } from './stage.js';

const PAGE = `<!doctype html>
<bg-fetch-provider></bg-fetch-provider>
<script type="module">
  import '/dist/cdn/bg-fetch-elements.js';
  const provider = document.querySelector('bg-fetch-provider');
  const BgFetchClient = provider.client.constructor; // The file for a script tag exports nothing.
  const refresh = ({ url }) => url.replace(/signed-for=./, 'signed-for=9');
  const client = new BgFetchClient({ serviceWorker: '/sw.js', engine: new URLSearchParams(location.search).get('engine'), refresh });
  provider.client = client;
  globalThis.engines = [];
  client.subscribe((id, record) => engines.push(record.engine));
  await client.list();
  globalThis.client = client;
</script>`;

/** What the page says. */
type Said = typeof globalThis & { client?: BgFetchClient; engines: string[] };

/** In the page: starts it. */
async function begin(url: string): Promise<void> {
  while (!(globalThis as Said).client) await new Promise((resolve) => setTimeout(resolve, 50));
  await (globalThis as Said).client!.start('signed', url);
}

async function isDone(tab: TestPage): Promise<void> {
  const look = () => (globalThis as Said).client?.records.get('signed')?.status === 'done';
  await waitFor(tab, 'the download to be done', look, []);
}

journey.runIf(BROWSERS.includes('chromium'))(
  "the browser's own engine cannot be given another address: it goes on in the page, and is answered for under the first",
  async ({ server, start, expect }) => {
    const file = '/files/signed.bin?seed=signed&size=10k&signed-for=0';
    server.pages.set('/', PAGE);
    const browser = await start('chromium');
    const tab = await browser.open(`${server.origin}/?engine=auto`);
    await tab.evaluate(begin, file);
    await isDone(tab);
    const engines = await tab.evaluate(() => (globalThis as Said).engines);
    expect([engines[0], engines.at(-1)]).toEqual(['native', 'in-page']);
    expect(await fetched(tab, file)).toEqual(whole('signed', 10 * 1024));
  },
);

describe.concurrent.each(BROWSERS)('in %s', (name) => {
  journey('what an earlier visit began goes on, by another client of the page too', async ({ server, start, expect }) => {
    const file = '/files/signed.bin?seed=signed&size=12M&rate=1M&rates=1&signed-for=1';
    server.pages.set('/', PAGE);
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/?engine=in-page`);
    await tab.evaluate(begin, file);
    const isPast = () => (globalThis as Said).client!.records.get('signed')!.downloaded > 5_000_000;
    await waitFor(tab, 'more than a piece of it', isPast, []);
    await tab.reload();
    await isDone(tab);
    const asked = server.site.log.map(({ url, headers: { range } }) => [url.includes('signed-for=1'), range !== undefined]);
    expect(asked).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    expect(await fetched(tab, file)).toEqual(whole('signed', 12 * 1024 * 1024));
  });
});
