/** A cancelled download: its bytes are kept as long as it can be restored, and deleted after that, whoever is there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { deleteFetch, listFetches } from '../../src/engine/in-page/state/journal.js';
import { database, readRecord, readRecords } from '../../src/manager/database.js';
import { deleteRecord } from '../../src/manager/ledger.js';
import { Manager } from '../../src/manager/manager.js';
import { UNDO_TIME, type FetchRecord } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/records.js';
import { areBytesOf } from '../server/content.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from './client.js';

const MIB = 2 ** 20;

// What other tests have left unfinished would go on in this page, beside what is counted here.
beforeEach(async () => {
  for (const fetch of await listFetches(location.origin)) await deleteFetch(fetch, []);
  for (const { id } of await readRecords()) await deleteRecord(id);
});

it('can be restored for at least ten seconds', () => {
  expect(UNDO_TIME).toBeGreaterThanOrEqual(10_000);
});

describe.each(['page', 'worker'])('with the manager in the %s', (place) => {
  let client: BgFetchClient;
  let registration: ServiceWorkerRegistration | undefined;
  let id: string;

  beforeEach(async () => {
    id = crypto.randomUUID();
    if (place === 'page') client = new BgFetchClient();
    else ({ client, registration } = await workerClient());
  });
  afterEach(async () => {
    await client.clear();
    await retire(registration);
    registration = undefined;
  });

  /** Starts a download, which takes seconds, and cancels it after its first bytes. */
  async function cancelled(url: string): Promise<FetchRecord> {
    await client.start(id, url);
    await record(client, id, ({ downloaded }) => downloaded > MIB);
    await client.discard(id);
    return record(client, id, ({ discardedAt }) => discardedAt !== undefined);
  }

  it('resumes from its bytes when it is restored', async () => {
    const url = fileUrl('size=6M&rate=2M&seed=undo');
    const { downloaded, status } = await cancelled(url);
    expect(status).toBe('downloading');
    expect(await requestsOf(url)).toHaveLength(1);
    const shown: number[] = [];
    client.subscribe((_id, now) => void shown.push(now?.downloaded ?? 0), { id });
    await client.restore(id);
    expect(client.records.get(id)).toMatchObject({ discardedAt: undefined });
    await record(client, id, (now) => now.status === 'done');
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(downloaded);
    const [, ...again] = await requestsOf(url);
    expect(again.map(({ headers }) => headers.range)).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    expect(areBytesOf('undo', 0, new Uint8Array(await (await client.match(url))!.arrayBuffer()))).toBe(true);
  });

  it('stays paused when it is restored, if it was', async () => {
    await client.start(id, fileUrl('size=6M&rate=2M'));
    await record(client, id, ({ downloaded }) => downloaded > MIB);
    await client.pause(id);
    await record(client, id, ({ status }) => status === 'paused');
    await client.discard(id);
    await client.restore(id);
    await record(client, id, ({ discardedAt }) => discardedAt === undefined);
    expect((await client.list()).map(({ status }) => status)).toEqual(['paused']);
  });

  it('is restored by a start', async () => {
    const url = fileUrl('size=6M&rate=2M');
    await cancelled(url);
    await client.start(id, url);
    await record(client, id, ({ status, discardedAt }) => status === 'done' && discardedAt === undefined);
  });

  it('is aborted when it can no longer be restored, and its bytes are deleted', async () => {
    const before = new Set((await listBodies()).map(({ key }) => key));
    await cancelled(fileUrl('size=6M&rate=2M'));
    const end = await record(client, id, ({ status }) => status === 'aborted');
    expect(end).toMatchObject({ failureReason: 'aborted', discardedAt: undefined });
    expect(Date.now() - end.startedAt).toBeGreaterThan(UNDO_TIME);
    await expect.poll(async () => (await listBodies()).filter(({ key }) => !before.has(key))).toEqual([]);
  });

  it('is aborted by the next visit if nothing was there to do it', async () => {
    await cancelled(fileUrl('size=6M&rate=2M'));
    const stored = (await readRecord(id))!;
    await database(['records'], 'readwrite', (records) => records.put({ ...stored, discardedAt: Date.now() - UNDO_TIME }));
    expect((await client.list()).map(({ status }) => status)).toEqual(['aborted']);
  });
});

describe('a download that ends after its cancellation', () => {
  /** A cancelled native download that ends now, and a manager whose site is told of ends. */
  async function ending(discardedAt: number) {
    const told: string[] = [];
    const manager = new Manager(() => [], { done: ({ id }) => told.push(id) });
    const id = crypto.randomUUID();
    const record = createRecord({ id, engine: 'native', status: 'downloading', urls: [fileUrl('size=1k')] });
    await database(['records'], 'readwrite', (records) => records.put({ ...record, scope: location.origin, discardedAt }));
    const end = {
      ...{ id, downloaded: 1024, downloadTotal: 0, uploaded: 0, uploadTotal: 0, result: 'success', failureReason: '' },
      matchAll: () =>
        Promise.resolve(
          record.requests.map(({ url }) => ({
            request: new Request(url),
            responseReady: Promise.resolve(new Response(new Uint8Array(1024))),
          })),
        ),
    };
    return { told, manager, id, end: end as unknown as Parameters<Manager['settle']>[0] };
  }

  it('is stored as it is restored, and the site is told of it then', async () => {
    const { told, manager, id, end } = await ending(Date.now());
    const settled = manager.settle(end);
    await expect.poll(async () => (await readRecord(id))?.status).toBe('done');
    expect(told).toEqual([]);
    await manager.restore(id);
    expect(told).toEqual([id]);
    await settled;
    expect(await readRecord(id)).toMatchObject({ status: 'done', discardedAt: undefined });
  });

  it('is not stored if it can no longer be restored', async () => {
    const { told, manager, id, end } = await ending(Date.now() - UNDO_TIME);
    await manager.settle(end);
    expect(await readRecord(id)).toMatchObject({ status: 'aborted', discardedAt: undefined });
    expect(told).toEqual([]);
  });
});
