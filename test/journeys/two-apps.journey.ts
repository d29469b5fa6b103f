/** Two apps of one origin, each with a worker: opening one changes no download of the other, and takes over what a worker that is gone has left. */
import { describe } from 'vitest';
import type { FetchRecord } from '../../src/index.js';
import { waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, whole } from './stage.js';

const MIB = 1024 * 1024;
/** The first answer is slow enough that the other app opens in its middle. */
const FILE = '/files/film.bin?seed=film&size=6M&rate=400k&rates=1';

const WAYS = BROWSERS.flatMap((name) => [
  ...(name === 'chromium' ? [[name, 'the browser’s own engine', 'auto']] : []),
  [name, 'the engine in the page', 'in-page'],
]) as [(typeof BROWSERS)[number], string, 'auto' | 'in-page'][];

const app = (folder: string, engine: string) =>
  page(
    `<bg-fetch-provider service-worker="/sw.js" scope="/${folder}/" engine="${engine}"><bg-fetch-list></bg-fetch-list></bg-fetch-provider>`,
  );

/** In the page: starts it, and waits until it moves. */
async function begin(url: string): Promise<void> {
  await customElements.whenDefined('bg-fetch-provider');
  const { client } = document.querySelector('bg-fetch-provider')!;
  await client!.start('film', url, { title: 'Film' });
}

/** In the page: what the list of the manager says of it. */
async function listed(): Promise<FetchRecord | undefined> {
  const records = await document.querySelector('bg-fetch-provider')?.client?.list();
  return records?.find(({ id }) => id === 'film');
}

/** In the page: makes the record say that all that happened to it was half a minute ago and more. */
async function age(): Promise<void> {
  const result = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  const database = await result(indexedDB.open('bg-fetch-elements'));
  const records = database.transaction('records', 'readwrite').objectStore('records');
  const film = await result(records.get('film') as IDBRequest<object>);
  await result(records.put({ ...film, status: 'starting', changedAt: Date.now() - 31_000 }));
  database.close();
}

const moves = (tab: TestPage) =>
  waitFor(
    tab,
    'bytes',
    () => (document.querySelector('bg-fetch-provider')?.client?.records.get('film')?.downloaded ?? 0) > 0,
    [],
  );

const isDone = (tab: TestPage) =>
  waitFor(tab, 'its end', () => document.querySelector('bg-fetch-provider')?.client?.records.get('film')?.status === 'done', []);

describe.each(WAYS)('in %s with %s', (name, _way, engine) => {
  journey('each leaves the other’s alone, and shows how far it is', async ({ server, start, expect }) => {
    for (const folder of ['a', 'b']) server.pages.set(`/${folder}/`, app(folder, engine));
    const browser = await start(name);
    const a = await browser.open(`${server.origin}/a/`);
    await a.evaluate(begin, FILE);
    await moves(a);
    await a.evaluate(age);

    const b = await browser.open(`${server.origin}/b/`);
    for (let look = 0; look < 2; look++) {
      const seen = await waitFor(b, 'the list', listed, []);
      expect(seen).toMatchObject({ scope: `${server.origin}/a/`, result: '', engine: engine === 'auto' ? 'native' : engine });
    }
    await moves(b);
    await isDone(b);
    await isDone(a);
    const requests = server.site.log.filter(({ method }) => method === 'GET');
    expect(requests).toHaveLength(1);
    expect(await fetched(b, FILE)).toEqual(whole('film', 6 * MIB));
  });

  journey('what a worker has left that is gone is the other’s', async ({ server, start, expect }) => {
    for (const folder of ['a', 'b']) server.pages.set(`/${folder}/`, app(folder, engine));
    server.pages.set('/', page(''));
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/a/`);
    await tab.evaluate(begin, FILE);
    await moves(tab);
    await tab.evaluate(age);
    await tab.goto(`${server.origin}/`);
    await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration('/a/'))?.unregister());

    await tab.goto(`${server.origin}/b/`);
    await isDone(tab);
    expect(await tab.evaluate(listed)).toMatchObject({ scope: `${server.origin}/b/`, status: 'done' });
    expect(await fetched(tab, FILE)).toEqual(whole('film', 6 * MIB));
  });
});
