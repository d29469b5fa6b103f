/** A visitor removes a download and leaves at once: its record and its file are deleted at the end of the undo time, with no page of the kit open. */
import { describe } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { download, page } from './stage.js';

/** In the page: the number of rows and files that are stored. */
async function countStored(): Promise<number> {
  const result = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  const database = await result(indexedDB.open('bg-fetch-elements'));
  const transaction = database.transaction(['records', 'responses']);
  const counts = [...transaction.objectStoreNames].map((name) => result(transaction.objectStore(name).count()));
  let count = (await Promise.all(counts)).reduce((sum, each) => sum + each);
  database.close();
  const { storage } = navigator as { storage?: Partial<StorageManager> };
  const root = await storage?.getDirectory?.().catch(() => undefined);
  const folder = await root?.getDirectoryHandle('bg-fetch').catch(() => undefined);
  if (folder) for await (const name of folder.keys()) if (name !== 'probe') count += 1;
  return count;
}

describe.each(BROWSERS)('in %s', (name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);
  journey.for(engines)('is deleted without a page (%s)', async (engine, { server, start, expect }) => {
    server.pages.set('/elsewhere', '<!doctype html><title>Elsewhere</title>');
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
        <bg-fetch-button fetch-id="song" src="/files/song.bin?size=300k"></bg-fetch-button>
      </bg-fetch-provider>`),
    );
    const tab = await (await start(name)).open(`${server.origin}/`);
    expect(await download(tab)).toBe(engine);
    await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.discard('song'));
    expect(await tab.evaluate(countStored)).toBeGreaterThan(1);
    await tab.goto(`${server.origin}/elsewhere`);
    await expect.poll(() => tab.evaluate(countStored)).toBe(0);
  });
});
