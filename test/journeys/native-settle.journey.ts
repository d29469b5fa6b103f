/** What the browser's own engine brings is stored only where it is the whole file, and a busy server is no end of it. */
import { describe, expect } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, reaches, whole } from './stage.js';

const MIB = 1024 * 1024;

// Only Chromium has it.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  journey('stores whole files, also of a later attempt, and refuses others', async ({ server, start }) => {
    const cases = [
      { id: 'plain', query: '', end: 'done' },
      { id: 'cut', query: '&cut=1M&cuts=1', end: 'done' },
      { id: 'packed', query: '&gzip=on', end: 'done' },
      { id: 'chunked', query: '&length=none', end: 'done' },
      { id: 'part', query: '&unasked=star', end: 'failed' },
      { id: 'empty', query: '&status=204', end: 'failed' },
      { id: 'large', query: '&length=none', end: 'failed', maxSize: MIB },
      { id: 'missing', query: '&status=404', end: 'failed' },
      { id: 'named', query: '&header=content-disposition:attachment; filename="圖.mp3"', end: 'done' },
      // The browser has it by then, with the headers of the 503: only the right ones are asked for.
      { id: 'busy', query: '&status=503&times=1', end: 'done' },
    ];
    const urlOf = (id: string, query: string) => `/files/${id}.mp3?seed=${id}&size=2M${query}`;
    server.pages.set('/', page('<bg-fetch-provider service-worker="/sw.js" engine="auto"></bg-fetch-provider>'));
    const browser = await start('chromium');
    const tab = await browser.open(`${server.origin}/`);
    const ends: Record<string, unknown> = {};
    for (const { id, query, end, maxSize } of cases) {
      server.pages.set(
        `/${id}`,
        page(
          `<bg-fetch-provider service-worker="/sw.js" engine="auto"><bg-fetch-button fetch-id="${id}"></bg-fetch-button></bg-fetch-provider>`,
        ),
      );
      await tab.goto(`${server.origin}/${id}`);
      await tab.evaluate(
        (of, url, limit) => void document.querySelector('bg-fetch-provider')!.client!.start(of, url, { maxSize: limit }),
        id,
        urlOf(id, query),
        maxSize,
      );
      await reaches(tab, 'bg-fetch-button', end);
      const { status, engine, failureReason, failureCause } = (await tab.evaluate(
        () => document.querySelector('bg-fetch-button')!.record,
      ))!;
      ends[id] = { status, engine, failureReason, failureCause };
      if (end === 'done') expect(await fetched(tab, urlOf(id, query), 'the client')).toEqual(whole(id, 2 * MIB));
    }
    const done = { status: 'done', engine: 'native', failureReason: '' };
    const refused = { status: 'failed', engine: 'native', failureReason: 'bad-status' };
    expect(ends).toEqual({
      ...{ plain: done, cut: done, packed: done, chunked: done, named: done, busy: done },
      ...{ part: refused, empty: refused, missing: refused },
      large: { ...refused, failureReason: 'download-total-exceeded' },
    });
    const asked = server.site.log.filter(({ url }) => url.includes('/busy.mp3')).map(({ method }) => method);
    expect(asked).toEqual(['GET', 'GET', 'HEAD']);
  });

  journey('keeps the credentials of a request until it is done, and no longer', async ({ server, start }) => {
    const url = '/files/secret.bin?size=600k&rate=200k';
    server.pages.set(
      '/',
      page(
        '<bg-fetch-provider service-worker="/sw.js"><bg-fetch-button fetch-id="secret"></bg-fetch-button></bg-fetch-provider>',
      ),
    );
    const tab = await (await start('chromium')).open(`${server.origin}/`);
    /** In the page: the text of all rows of the database. */
    const rows = () =>
      tab.evaluate(async () => {
        const result = <Value>(request: IDBRequest<Value>) =>
          new Promise<Value>((resolve) => (request.onsuccess = () => resolve(request.result)));
        const database = await result(indexedDB.open('bg-fetch-elements'));
        const { objectStoreNames } = database;
        const stores = [...objectStoreNames].map((name) => database.transaction(name).objectStore(name));
        const all = await Promise.all(stores.map((store) => result(store.getAll())));
        database.close();
        return JSON.stringify(all);
      });
    await tab.evaluate(async (address) => {
      const request = new Request(address, { headers: { authorization: 'Bearer S3CRET' } });
      await document.querySelector('bg-fetch-provider')!.client!.start('secret', request);
    }, url);
    expect(await rows()).toContain('S3CRET');
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!.engine)).toBe('native');
    expect(await rows()).toContain('/files/secret.bin');
    expect(await rows()).not.toContain('S3CRET');
    expect(server.site.log.find(({ method }) => method === 'GET')?.headers.authorization).toBe('Bearer S3CRET');
  });
});
