/** A download with a hash that ends while no page is open: the worker holds the file against it. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackgroundFetchManager, FetchRecord } from '../../src/index.js';
import { waitFor, type TestBrowser } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { bytesOf } from '../server/content.js';
import { TestServer } from '../server/server.js';
import { page, reaches } from './stage.js';

const SIZE = 256 * 1024;
const hash = createHash('sha256')
  .update(bytesOf('film', 0, SIZE))
  .digest('base64');
const button = (seed: string) =>
  `<bg-fetch-button id="${seed}" fetch-id="${seed}" src="/files/${seed}.bin?seed=${seed}&size=${SIZE}&rate=200k" integrity="sha256-${hash}"></bg-fetch-button>`;

// Elsewhere nothing ends without a page.
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

  it('is done where it has it, else failed and gone', async () => {
    server.pages.set('/sw.js', `importScripts('/dist/cdn/integrity.js', '/dist/cdn/service-worker.js');`);
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js" engine="native">${button('film')} ${button('other')}</bg-fetch-provider>`),
    );
    server.pages.set('/without', '<!doctype html><title>No kit here</title>');
    const tab = await browser.open(`${server.origin}/`);
    for (const id of ['film', 'other']) {
      await reaches(tab, `#${id}`, 'idle');
      await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
      await tab.click(`#${id}`, 'button');
      await waitFor(tab, `the browser to have "${id}"`, isActive, [id]);
    }
    await tab.goto(`${server.origin}/without`);
    const end = () => tab.evaluate(remembered);
    await expect
      .poll(end, { timeout: 90_000 })
      .toEqual({ film: { status: 'done', bodies: 1 }, other: { status: 'failed', failureCause: 'integrity', bodies: 0 } });
  });
});

/** In the page: whether the browser's own engine has it. */
async function isActive(id: string): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  const { backgroundFetch } = registration as unknown as { backgroundFetch: BackgroundFetchManager };
  return (await backgroundFetch.get(id)) !== undefined;
}

/** In a page without the kit: what the manager has written down, and how many bodies it has kept. */
async function remembered(): Promise<Record<string, object>> {
  const opening = indexedDB.open('bg-fetch-elements');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const reading = opening.result.transaction(['records', 'responses']);
  const records = reading.objectStore('records').getAll() as IDBRequest<FetchRecord[]>;
  const responses = reading.objectStore('responses').getAll() as IDBRequest<{ id: string; body: { key: string } }[]>;
  await new Promise((resolve) => (reading.oncomplete = resolve));
  opening.result.close();
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('bg-fetch', { create: true });
  const kept: string[] = [];
  for await (const name of folder.keys()) kept.push(name);
  return Object.fromEntries(
    records.result.map(({ id, status, failureCause }) => {
      const keys = responses.result.filter((response) => response.id === id).map(({ body }) => body.key);
      return [id, { status, ...(failureCause && { failureCause }), bodies: kept.filter((key) => keys.includes(key)).length }];
    }),
  );
}
