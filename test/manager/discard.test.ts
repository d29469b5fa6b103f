/** What is left of a download that failed waits for the next try, but not once it is discarded. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { addFetch, forgetFetch, listFetches, type JournalFetch } from '../../src/engine/in-page/journal.js';
import { fileUrl } from '../setup/server.js';
import { gone, record } from './client.js';

const MIB = 1024 * 1024;

// What other tests have left unfinished would go on in this page, beside what is counted here.
beforeEach(async () => {
  for (const fetch of await listFetches(location.origin)) await forgetFetch(fetch, []);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function keys(): Promise<string[]> {
  return (await listBodies()).map(({ key }) => key);
}

it('lets go of what came before it failed, with the record', async () => {
  vi.stubGlobal('Worker', undefined);
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === 'pieces' && (key as [string, number])[1] >= MIB) throw new DOMException('Full.', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  const before = new Set(await keys());
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=3M'));
  await record(client, id, ({ failureReason }) => failureReason === 'quota-exceeded');
  const left = (await keys()).filter((key) => !before.has(key));
  expect(left).toHaveLength(1);
  const isGone = gone(client, id);
  await client.discard(id);
  await isGone;
  expect(await keys()).not.toContain(left[0]);
});

it('does not come back by an end that is delivered late', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  const { title, icons, downloadTotal, startedAt } = await record(client, id, ({ status }) => status === 'done');
  const told = { title, icons, downloadTotal, uploadTotal: 0, startedAt, paused: false };
  const end = { result: 'success', failureReason: '', failureDetail: '' } as const;
  const fetch: JournalFetch = { uid: crypto.randomUUID(), scope: location.origin, id, ...told, ...end };
  await addFetch(fetch, []);
  const isGone = gone(client, id);
  await client.discard(id);
  await isGone;
  expect((await client.list()).map((each) => each.id)).not.toContain(id);
});
