/** The files of the browser's own engine are stored where a site that tidies its caches does not sweep, and a stopped write leaves nothing. */
import { describe, expect } from 'vitest';
import { until, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import type { TestServer } from '../server/server.js';
import { bytesOf } from '../server/content.js';
import { journey } from './journey.js';
import { fetched, fetchedRange, page, reaches, whole } from './stage.js';

const SIZE = 3 * 1024 * 1024;
const FILE = '/files/film.mp4?seed=film&size=3M';
const KIT = `importScripts('/dist/cdn/service-worker.js');`;

/** Deletes old caches, as every other worker does. */
const TIDY = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== 'my-site-v2') await caches.delete(name);
})()));
${KIT}`;

/** Closes no file before a page says so. */
const HELD = `const { close } = FileSystemWritableFileStream.prototype;
const told = new Promise((resolve) => addEventListener('message', ({ data }) => data === 'close' && resolve()));
FileSystemWritableFileStream.prototype.close = async function () {
  await told;
  return close.call(this);
};
${KIT}`;

// Only Chromium has the engine.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  journey('a worker that deletes every cache it does not know deletes no download', async ({ server, start }) => {
    const browser = await start('chromium');
    const tab = await begin(server, browser);
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await storedOn(tab)).toEqual({ files: 1, cached: 0 });
    server.pages.set('/sw.js', TIDY);
    await tab.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!;
      const old = registration.active!;
      const replaced = new Promise<void>((resolve) => {
        old.addEventListener('statechange', () => old.state === 'redundant' && resolve());
      });
      await registration.update();
      await replaced;
    });
    await browser.close();
    await browser.restart();
    const next = await browser.open(`${server.origin}/`);
    await list(next);
    await reaches(next, 'bg-fetch-button', 'done');
    await server.stop();
    expect(await fetched(next, FILE)).toEqual(whole('film', SIZE));
    const range = `bytes 1000000-1000009/${SIZE}`;
    expect(await fetchedRange(next, FILE, 1_000_000, 1_000_009)).toEqual({
      ...{ status: 206, range, bytes: [...bytesOf('film', 1_000_000, 1_000_010)] },
    });
    await next.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.clear());
    expect(await storedOn(next)).toEqual({ files: 0, cached: 0 });
  });

  journey('a browser without writable files stores in the cache', async ({ server, start }) => {
    server.pages.set('/sw.js', `delete FileSystemFileHandle.prototype.createWritable;\n${KIT}`);
    const tab = await begin(server, await start('chromium'));
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await storedOn(tab)).toEqual({ files: 0, cached: 1 });
    await list(tab);
    await reaches(tab, 'bg-fetch-button', 'done');
    await server.stop();
    expect(await fetched(tab, FILE)).toEqual(whole('film', SIZE));
    await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.clear());
    expect(await storedOn(tab)).toEqual({ files: 0, cached: 0 });
  });

  journey('a file that finds no room ends as that, and leaves nothing', async ({ server, start }) => {
    const browser = await start('chromium');
    // The browser has it twice while it is stored.
    await browser.limitStorage(server.origin, 1.5 * SIZE);
    const tab = await begin(server, browser);
    await reaches(tab, 'bg-fetch-button', 'failed');
    const { failureReason, engine } = (await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record))!;
    expect({ failureReason, engine }).toEqual({ failureReason: 'quota-exceeded', engine: 'native' });
    expect(await storedOn(tab)).toEqual({ files: 0, cached: 0 });
  });

  journey('pages that tidy up delete no file that is being written', async ({ server, start }) => {
    server.pages.set('/sw.js', HELD);
    const browser = await start('chromium');
    const tab = await begin(server, browser);
    await isWritten(tab);
    // What no download speaks of goes when the in-page engine starts.
    await tab.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('bg-fetch');
      for (const name of ['!stray', '~stray']) await folder.getFileHandle(name, { create: true });
    });
    server.pages.set('/in-page', page('<bg-fetch-provider service-worker="/sw.js" engine="in-page"></bg-fetch-provider>'));
    const other = await browser.open(`${server.origin}/in-page`);
    await list(other);
    await other.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.start('small', '/files/small.bin?size=10k'));
    await until('the strays to be gone', async () => !(await filesOn(tab)).some((name) => name.endsWith('stray')));
    await list(other);
    await tab.evaluate(() => navigator.serviceWorker.controller!.postMessage('close'));
    // A tab in the background draws nothing.
    await expect
      .poll(async () => (await list(tab)).map(({ id, status }) => `${id} ${status}`), { timeout: 60_000 })
      .toContain('film done');
    expect(await fetched(tab, FILE, 'the client')).toEqual(whole('film', SIZE));
  });

  journey('a browser that is killed while a file is written leaves nothing of it', async ({ server, start }) => {
    server.pages.set('/sw.js', HELD);
    const browser = await start('chromium');
    await isWritten(await begin(server, browser));
    await browser.kill();
    server.pages.set('/sw.js', KIT);
    server.pages.set('/', page('<bg-fetch-provider service-worker="/sw.js" engine="native"></bg-fetch-provider>'));
    await browser.restart();
    const tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await until('the rest of the file to be gone', async () => {
      const [record] = await list(tab);
      return record?.status !== 'saving' && (await filesOn(tab)).length === (record?.status === 'done' ? 1 : 0);
    });
  });
});

/** Starts the download with the browser's own engine. */
async function begin(server: TestServer, browser: TestBrowser): Promise<TestPage> {
  const button = `<bg-fetch-button fetch-id="film" src="${FILE}"></bg-fetch-button>`;
  server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="native">${button}</bg-fetch-provider>`));
  const tab = await browser.open(`${server.origin}/`);
  await list(tab);
  await tab.click('bg-fetch-button', 'button');
  return tab;
}

/** Waits until a file has all its bytes, and is not closed. */
async function isWritten(tab: TestPage): Promise<void> {
  await until('a file to be written', async () => Object.values(await sizesOn(tab)).some((size) => size >= SIZE));
}

function list(tab: TestPage): Promise<{ readonly id: string; readonly status: string }[]> {
  return tab.evaluate(async () =>
    (await document.querySelector('bg-fetch-provider')!.client!.list()).map(({ id, status }) => ({ id, status })),
  );
}

async function filesOn(tab: TestPage): Promise<string[]> {
  return Object.keys(await sizesOn(tab)).filter((name) => name !== 'probe');
}

/** Sizes of the kit's files by name. */
function sizesOn(tab: TestPage): Promise<Record<string, number>> {
  return tab.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('bg-fetch', { create: true });
    const sizes: Record<string, number> = {};
    for await (const [name, handle] of folder.entries()) {
      // One that has gone since it was listed has none.
      const file = await (handle as FileSystemFileHandle).getFile().catch(() => undefined);
      if (file) sizes[name] = file.size;
    }
    return sizes;
  });
}

/** Counts stored bodies by place. */
async function storedOn(tab: TestPage): Promise<{ files: number; cached: number }> {
  const files = (await filesOn(tab)).length;
  const cached = await tab.evaluate(async () =>
    (await caches.has('bg-fetch-elements')) ? (await (await caches.open('bg-fetch-elements')).keys()).length : 0,
  );
  return { files, cached };
}
