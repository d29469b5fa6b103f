/** What is left of a download that failed waits for the next try, but not once it is discarded. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { addFetch, forgetFetch, listFetches, type JournalFetch } from '../../src/engine/in-page/journal.js';
import { inPageReader } from '../../src/engine/in-page/reader.js';
import { database, readRecord, readRecords } from '../../src/manager/database.js';
import { strike } from '../../src/manager/ledger.js';
import { Manager } from '../../src/manager/manager.js';
import { UNDO_TIME, type FetchRecord } from '../../src/manager/record.js';
import { fileUrl } from '../setup/server.js';
import { gone, record } from './client.js';

const MIB = 1024 * 1024;

// What other tests have left unfinished would go on in this page, beside what is counted here.
beforeEach(async () => {
  for (const fetch of await listFetches(location.origin)) await forgetFetch(fetch, []);
  for (const { id } of await readRecords()) await strike(id);
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

/** A download that is done, and whose end the engine has yet to deliver once more. */
async function endedTwice(client: BgFetchClient): Promise<FetchRecord> {
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  const done = await record(client, id, ({ status }) => status === 'done');
  const { title, icons, downloadTotal, startedAt, requests } = done;
  const uid = crypto.randomUUID();
  const told = { title, icons, downloadTotal, uploadTotal: 0, startedAt, paused: false };
  const end = { result: 'success', failureReason: '', failureDetail: '' } as const;
  const fetch: JournalFetch = { uid, scope: location.origin, id, ...told, ...end };
  const came = { uploaded: 0, length: 1024, result: 'fetch-error', detail: '' } as const;
  await addFetch(
    fetch,
    requests.map((request, index) => ({ uid, index, request, ...came })),
  );
  return done;
}

it('does not come back by an end that is delivered late', async () => {
  const client = new BgFetchClient();
  const { id } = await endedTwice(client);
  const isGone = gone(client, id);
  await client.discard(id);
  await isGone;
  expect((await client.list()).map((each) => each.id)).not.toContain(id);
});

it('does not come back by an end that was being taken when it went', async () => {
  const engine = inPageReader(location.origin);
  const manager = new Manager(() => [engine]);
  const done = await endedTwice(new BgFetchClient());
  const end = (await engine.get(done.id))!;
  const lock = `bg-fetch-elements:${done.id}`;
  const busy = Promise.withResolvers<undefined>();
  const held = navigator.locks.request(lock, () => busy.promise);
  await database(['records'], 'readwrite', (records) => records.put({ ...done, discardedAt: Date.now() - UNDO_TIME }));

  const removed = manager.list();
  await expect.poll(async () => (await navigator.locks.query()).pending!.map(({ name }) => name)).toContain(lock);
  const settled = manager.settle(end);
  busy.resolve(undefined);
  await Promise.all([held, removed, settled]);
  expect(await readRecord(done.id)).toBeUndefined();
});

it('says so when it is too late to be restored', async () => {
  const manager = new Manager(() => []);
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  const done = await record(client, id, ({ status }) => status === 'done');
  await database(['records'], 'readwrite', (records) => records.put({ ...done, discardedAt: Date.now() - UNDO_TIME }));
  await expect(manager.restore(id)).rejects.toMatchObject({ name: 'NotFoundError' });
});
