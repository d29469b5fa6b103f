/** Somebody signs out: every download is ended, and nothing of any is left in a database, a cache or a file. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytes } from '../../src/bytes/body-database.js';
import { listFiles } from '../../src/bytes/files.js';
import { BgFetchClient } from '../../src/client/client.js';
import { journal } from '../../src/engine/in-page/state/journal.js';
import { database, readRecord } from '../../src/manager/database.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from '../client/client.js';

/** Everything that is stored by the kit. */
async function rest(): Promise<unknown[]> {
  return [
    ...(await database(['records'], 'readonly', (rows) => rows.getAll())),
    ...(await database(['responses'], 'readonly', (rows) => rows.getAll())),
    ...(await journal(['fetches'], 'readonly', (rows) => rows.getAll())),
    ...(await journal(['records'], 'readonly', (rows) => rows.getAll())),
    ...(await bytes(['bodies'], 'readonly', (rows) => rows.getAll())),
    ...(await bytes(['pieces'], 'readonly', (rows) => rows.getAll())),
    ...(await listFiles()).keys(),
    ...(await caches.keys()).filter((name) => name.startsWith('bg-fetch')),
  ];
}

describe.each(['in a worker', 'in the page'])('the manager %s', (where) => {
  let client: BgFetchClient;
  let registration: ServiceWorkerRegistration | undefined;
  const clientOf = (engine: 'auto' | 'in-page') =>
    new BgFetchClient({ engine, ...(registration && { serviceWorker: registration }) });

  beforeEach(async () => {
    if (where === 'in a worker') ({ registration } = await workerClient());
    client = clientOf('in-page');
    await client.list();
  });
  afterEach(() => retire(registration));

  async function start(status: string, faults: string, own = client): Promise<string> {
    const id = `${status} ${crypto.randomUUID()}`;
    await own.start(id, [fileUrl(faults)]);
    if (status !== 'starting') await record(own, id, (now) => now.status === status);
    return id;
  }

  it('leaves nothing of downloads in any state, and shows none', { timeout: 180_000 }, async () => {
    const auto = clientOf('auto');
    const done = await start('done', 'size=300k', auto);
    const failed = await start('failed', 'size=10k&status=404');
    const discarded = await start('done', 'size=10k');
    await client.discard(discarded);
    const paused = await start('downloading', 'size=3M&rate=300k');
    await client.pause(paused);
    await start('waiting', 'size=10k&status=503&retry=60');
    const ids = await Promise.all([1, 2, 3, 4].map(() => start('starting', 'size=30M&rate=300k')));
    await record(client, ids[0]!, ({ status }) => status === 'downloading');
    await record(client, ids[3]!, ({ status }) => status === 'queued');
    const moving = await start('starting', 'size=30M&rate=300k', auto);
    const { url } = (await readRecord(done))!.requests[0]!;
    expect((await rest()).length).toBeGreaterThan(10);

    await client.clear();
    expect(await rest()).toEqual([]);
    expect(client.records.values()).toEqual([]);
    expect(await client.match(url)).toBeUndefined();
    await expect.poll(() => auto.records.values()).toEqual([]);
    expect(await auto.list()).toEqual([]);
    for (const id of [done, failed, discarded, paused, moving, ...ids]) expect(await auto.get(id)).toBeUndefined();
    expect(await rest()).toEqual([]);
  });

  it('ends a start that is under way', async () => {
    const url = fileUrl('size=30M&rate=300k');
    const id = crypto.randomUUID();
    const started = client.start(id, url).catch(() => undefined);
    await client.clear();
    await started;
    expect(await rest()).toEqual([]);
    expect(await client.list()).toEqual([]);
  });

  it('lets the same download be started again at once', async () => {
    const url = fileUrl('size=10k');
    const id = crypto.randomUUID();
    await client.start(id, url);
    await record(client, id, ({ status }) => status === 'done');
    await client.clear();
    await client.start(id, url);
    await record(client, id, ({ status }) => status === 'done');
    expect(await client.match(url)).toBeDefined();
    expect(await requestsOf(url)).toHaveLength(2);
  });

  it('answers no more for what is discarded, and again when it is restored', async () => {
    const url = fileUrl('size=10k');
    const id = crypto.randomUUID();
    await client.start(id, url);
    await record(client, id, ({ status }) => status === 'done');
    await client.discard(id);
    expect(await client.match(url)).toBeUndefined();
    await client.restore(id);
    expect(await client.match(url)).toBeDefined();
  });
});

it('leaves nothing when the site’s own worker clears', async () => {
  const { client, registration } = await workerClient('../worker/clearing-worker.ts');
  const inPage = new BgFetchClient({ engine: 'in-page', serviceWorker: registration });
  await client.list();
  const ids = { done: crypto.randomUUID(), own: crypto.randomUUID(), inPage: crypto.randomUUID() };
  await client.start(ids.done, fileUrl('size=300k'));
  await record(client, ids.done, ({ status }) => status === 'done');
  await client.start(ids.own, fileUrl('size=30M&rate=300k'));
  await inPage.start(ids.inPage, fileUrl('size=30M&rate=300k'));
  await record(inPage, ids.inPage, ({ status }) => status === 'downloading');
  expect((await rest()).length).toBeGreaterThan(3);

  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  registration.active!.postMessage('signed out', [port2]);
  expect(await answer).toBe('cleared');
  port1.close();
  expect(await rest()).toEqual([]);
  await expect.poll(() => [...client.records.values(), ...inPage.records.values()]).toEqual([]);
  expect(await client.list()).toEqual([]);
  expect(await rest()).toEqual([]);
  await retire(registration);
});
