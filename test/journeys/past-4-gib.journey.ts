/** A file past 4 GiB that was left there: the next visit goes on from the very byte, and answers for what it has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY_OFFSET } from '../../src/bytes/files.js';
import { waitFor, type TestBrowser } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { bytesOf } from '../server/content.js';
import { TestServer } from '../server/server.js';
import { fetchedRange, page, reaches } from './stage.js';

const MIB = 1024 * 1024;
const SIZE = 4098 * MIB;
const LEFT = 4097 * MIB + 7;
const PATH = '/files/long.bin';
const URL_OF_FILE = `${PATH}?seed=long&size=${SIZE}&rate=2M`;

// WebKitGTK has no files, and a database has no holes.
describe.each(BROWSERS.filter((name) => name !== 'webkit'))('in %s', (name) => {
  let server: TestServer;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set('/without', '<!doctype html><title>No kit here</title>');
    server.pages.set(
      '/',
      page(
        `<bg-fetch-provider service-worker="/sw.js" engine="in-page"><bg-fetch-button fetch-id="long" src="${URL_OF_FILE}"></bg-fetch-button></bg-fetch-provider>`,
      ),
    );
    browser = await launch(name);
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  it('goes on there', async ({ skip }) => {
    const tab = await browser.open(`${server.origin}/`);
    if (await tab.evaluate(async (size) => (await navigator.storage.estimate()).quota! < 2 * size, SIZE)) skip();
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await waitFor(tab, 'a beginning', () => (document.querySelector('bg-fetch-button')?.record?.downloaded ?? 0) > 0, []);
    await tab.goto(`${server.origin}/without`);
    await tab.evaluate(stretch, LEFT, BODY_OFFSET);
    await tab.goto(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'done');
    const ranges = server.site.log.filter(({ url, method }) => url === URL_OF_FILE && method === 'GET');
    expect(ranges.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${LEFT}-`]);
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!.downloaded)).toBe(SIZE);
    await server.stop();
    for (const first of [LEFT, SIZE - 1000]) {
      expect(await fetchedRange(tab, URL_OF_FILE, first, first + 999)).toEqual({
        status: 206,
        range: `bytes ${first}-${first + 999}/${SIZE}`,
        bytes: [...bytesOf('long', first, first + 1000)],
      });
    }
  });
});

/** In the page: makes the file that is there one of so many bytes, without writing them. */
async function stretch(size: number, head: number): Promise<void> {
  const run = async (): Promise<void> => {
    const root = await navigator.storage.getDirectory();
    for await (const [name, handle] of await root.getDirectoryHandle('bg-fetch')) {
      if (name === 'probe') continue;
      // The worker of the page before may hold it for another moment.
      let file:
        { truncate(to: number): void; write(bytes: Float64Array, options: { at: number }): void; close(): void } | undefined;
      while (!file)
        file = await (handle as FileSystemFileHandle & { createSyncAccessHandle(): Promise<typeof file> })
          .createSyncAccessHandle()
          .catch(() => undefined);
      file.truncate(head + size);
      file.write(Float64Array.of(size, size, 0), { at: 0 });
      file.close();
    }
  };
  const source = `(${run.toString()})().then(() => postMessage(''), (error) => postMessage(String(error)));`;
  const worker = new Worker(URL.createObjectURL(new Blob([`const head = ${head}, size = ${size}; ${source}`])));
  const trouble = await new Promise<string>((resolve) => (worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data)));
  worker.terminate();
  if (trouble) throw new Error(trouble);
}
