/** What is left of a download that failed waits for the next try, but not once it is discarded. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { addFetch, deleteFetch, listFetches, type JournalFetch } from '../../src/engine/in-page/state/journal.js';
import { inPageReader } from '../../src/engine/in-page/delivery/pending-fetches.js';
import { database, readRecord, readRecords } from '../../src/manager/database.js';
import { deleteRecord } from '../../src/manager/ledger.js';
import { Manager } from '../../src/manager/manager.js';
import { UNDO_TIME, type FetchRecord } from '../../src/manager/record.js';
import { storedUrls } from '../../src/manager/response-store.js';
import { fileUrl } from '../setup/server.js';
import { gone, record } from '../client/client.js';

const MIB = 1024 * 1024;

// What other tests have left unfinished would go on in this page, beside what is counted here.
beforeEach(async () => {
  for (const fetch of await listFetches(location.origin)) await deleteFetch(fetch, []);
  for (const { id } of await readRecords()) await deleteRecord(id);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function keys(): Promise<string[]> {
  return (await listBodies()).map(({ key }) => key);
}

it('deletes the partial files of a failed download with its record', async () => {
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

it('is not answered while it is discarded, and is answered again once it is restored', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  const url = fileUrl('size=1k');
  await client.start(id, url);
  await record(client, id, ({ status }) => status === 'done');
  expect([...(await storedUrls()).keys()]).toContain(url);
  await client.discard(id);
  expect([...(await storedUrls()).keys()]).not.toContain(url);
  await client.restore(id);
  expect([...(await storedUrls()).keys()]).toContain(url);
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

it('is not recreated by a late end event', async () => {
  const client = new BgFetchClient();
  const { id } = await endedTwice(client);
  const isGone = gone(client, id);
  await client.discard(id);
  await isGone;
  expect((await client.list()).map((each) => each.id)).not.toContain(id);
});

it('is not recreated by an end event that was being processed during its removal', async () => {
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

it('is restored by a call that follows at once', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  await record(client, id, ({ status }) => status === 'done');
  const manager = new Manager(() => []);
  await Promise.all([manager.discard(id), manager.restore(id)]);
  expect((await readRecord(id))?.discardedAt).toBeUndefined();
  await Promise.all([client.discard(id), client.restore(id)]);
  expect((await readRecord(id))?.discardedAt).toBeUndefined();
});

it('rejects a restore that is too late', async () => {
  const manager = new Manager(() => []);
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  const done = await record(client, id, ({ status }) => status === 'done');
  await database(['records'], 'readwrite', (records) => records.put({ ...done, discardedAt: Date.now() - UNDO_TIME }));
  await expect(manager.restore(id)).rejects.toMatchObject({ name: 'NotFoundError' });
});

it('keeps a download that was started again just before its deletion', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  const done = await record(client, id, ({ status }) => status === 'done');
  await database(['records'], 'readwrite', (records) => records.put({ ...done, changedAt: 1, agedAt: 1 }));
  const lock = `bg-fetch-elements:${id}`;
  const busy = Promise.withResolvers<undefined>();
  const held = navigator.locks.request(lock, () => busy.promise);
  const listed = new Manager(() => [], { retention: { maxAge: 1000 } }).list();
  await expect.poll(async () => (await navigator.locks.query()).pending!.map(({ name }) => name)).toContain(lock);
  await database(['records'], 'readwrite', (records) => records.put({ ...done, changedAt: Date.now() }));
  busy.resolve(undefined);
  await Promise.all([held, listed]);
  expect(await readRecord(id)).toMatchObject({ status: 'done' });
});
