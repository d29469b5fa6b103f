/** A visit has no worker, or none that answers: what was begun with one goes on from its bytes, and so the other way round. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, whole } from './stage.js';

const SIZE = 12 * 1024 * 1024;
/** The first answer is slow enough that no reload comes too late. */
const FILE = '/files/long.bin?seed=long&size=12M&rate=300k&rates=1';

/** What makes a page do without the worker. */
const LOSSES = {
  'that cannot be registered': '',
  'whose registration is never answered': 'ServiceWorkerContainer.prototype.register = () => new Promise(() => {})',
  'that does not answer': 'ServiceWorker.prototype.postMessage = () => {}',
} as const;

const pageWith = (script = '') =>
  page(
    `<script>${script}</script><bg-fetch-provider service-worker="/sw.js" engine="in-page"><bg-fetch-status fetch-id="long"></bg-fetch-status></bg-fetch-provider>`,
  );

describe.concurrent.each(BROWSERS)('in %s', (name) => {
  journey.for(Object.entries(LOSSES))('goes on without a worker %s', async ([loss, script], { server, start, expect }) => {
    server.pages.set('/', pageWith());
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(begin, FILE);
    if (loss === 'that cannot be registered') {
      server.pages.delete('/sw.js');
      await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
    }
    server.pages.set('/', pageWith(script));
    await tab.reload();
    await waitFor(tab, 'its end', isDone, []);
    expect(server.site.log.map(({ headers }) => headers.range)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d+-/)]);
    expect(await fetched(tab, FILE, 'the client')).toEqual(whole('long', SIZE));
  });

  journey('goes on with a worker that was not there before', async ({ server, start, expect }) => {
    const worker = server.pages.get('/sw.js')!;
    server.pages.delete('/sw.js');
    server.pages.set('/', pageWith());
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(begin, FILE);
    server.pages.set('/sw.js', worker);
    await tab.reload();
    await waitFor(tab, 'its end', isDone, []);
    expect(server.site.log.map(({ headers }) => headers.range)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d+-/)]);
    expect(await fetched(tab, FILE)).toEqual(whole('long', SIZE));
  });
});

/** In the page: starts it, and waits until more than a piece of it rests. */
async function begin(url: string): Promise<void> {
  await customElements.whenDefined('bg-fetch-provider');
  const { client } = document.querySelector('bg-fetch-provider')!;
  await client!.list();
  await client!.start('long', url);
  while (client!.records.get('long')!.downloaded < 5_000_000) await new Promise((resolve) => setTimeout(resolve, 50));
}

function isDone(): boolean {
  return document.querySelector('bg-fetch-provider')!.client?.records.get('long')?.status === 'done';
}
