/** Somebody signs out in one tab while another moves the bytes: both show nothing, nothing is answered, and nothing comes back. */
import { describe } from 'vitest';
import { waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { page, reaches } from './stage.js';

const FILES = { film: '/files/film.bin?size=40M&rate=500k', song: '/files/song.bin?size=300k' };

const body = (worker: string, engine: string) => `
<bg-fetch-provider ${worker} engine="${engine}">
  ${Object.entries(FILES)
    .map(([id, src]) => `<p style="height: 6rem"><bg-fetch-button fetch-id="${id}" src="${src}"></bg-fetch-button></p>`)
    .join('')}
</bg-fetch-provider>`;

/** In the page: everything that is stored on the origin, in databases, caches and files. */
async function rest(): Promise<string[]> {
  const found: string[] = [];
  const result = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const keys = await result(database.transaction(store).objectStore(store).getAllKeys());
      found.push(...keys.map((key) => `${name} ${store} ${JSON.stringify(key)}`));
    }
    database.close();
  }
  found.push(...(await caches.keys()));
  const { storage } = navigator as { storage?: Partial<StorageManager> };
  const root = await storage?.getDirectory?.().catch(() => undefined);
  const folder = await root?.getDirectoryHandle('bg-fetch').catch(() => undefined);
  if (folder) for await (const name of folder.keys()) if (name !== 'probe') found.push(name);
  return found;
}

const signOut = (tab: TestPage) => tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.clear());

/** Waits until the page's client knows these downloads and no others. */
const knows = (tab: TestPage, ids: string[]) =>
  waitFor(
    tab,
    `the page to know ${ids.join(' and ') || 'nothing'}`,
    async (...expected) => {
      const records = await document.querySelector('bg-fetch-provider')?.client?.list();
      return (
        records
          ?.map(({ id }) => id)
          .sort()
          .join() === expected.join()
      );
    },
    ids,
  );

const button = (id: string) => `bg-fetch-button[fetch-id=${id}]`;

const WAYS = BROWSERS.flatMap((name) => [
  ...(name === 'chromium' ? [[name, 'with a worker, native', 'service-worker="/sw.js"', 'native']] : []),
  [name, 'with a worker, in the page', 'service-worker="/sw.js"', 'in-page'],
  [name, 'without a worker', '', 'in-page'],
]) as [(typeof BROWSERS)[number], string, string, string][];

describe.each(WAYS)('in %s %s', (name, _way, worker, engine) => {
  journey('everything of everybody is gone', async ({ server, start, expect }) => {
    server.pages.set('/', page(body(worker, engine)));
    const browser = await start(name);
    const mover = await browser.open(`${server.origin}/`);
    await reaches(mover, button('song'), 'idle');
    await mover.click(button('song'), 'button');
    await reaches(mover, button('song'), 'done');
    await mover.click(button('film'), 'button');
    await reaches(mover, button('film'), 'downloading');
    const other = await browser.open(`${server.origin}/`);
    await knows(other, Object.keys(FILES));

    await signOut(other);
    expect(await other.evaluate(rest)).toEqual([]);
    // A tab in the background draws nothing, and WebKit's newer one is there.
    if (name !== 'webkit') for (const id of Object.keys(FILES)) await reaches(other, button(id), 'idle');
    for (const tab of [other, mover]) await knows(tab, []);
    // What was under way in the other tab, or in the browser, does not come back.
    await mover.reload();
    await knows(mover, []);
    expect(await other.evaluate(rest)).toEqual([]);
  });
});
