/** What a site's worker may decide, and that its own listeners still hear. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { createInPageEngine, workerHost } from '../../src/engine/in-page/index.js';
import { listFetches } from '../../src/engine/in-page/state/journal.js';
import { fileUrl } from '../setup/server.js';
import { record, retire, workerClient } from '../client/client.js';

let client: BgFetchClient;
let registration: ServiceWorkerRegistration;
let told: string[];
let channel: BroadcastChannel;

beforeEach(async () => {
  ({ client, registration } = await workerClient('../manager/policy-worker.ts'));
  await client.ready;
  told = [];
  channel = new BroadcastChannel('policy-worker');
  channel.onmessage = ({ data }: MessageEvent<string>) => void told.push(data);
});
afterEach(async () => {
  channel.close();
  await retire(registration);
});

it('names a download, and is told of its end beside the site’s own listener', async () => {
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=10k'), { title: 'Episode 5' });
  expect((await record(client, id, ({ status }) => status === 'done')).title).toBe('Episode 5, named by the site');
  await expect.poll(() => told).toEqual(expect.arrayContaining([`backgroundfetchsuccess ${id}`, `done ${id}`]));
});

it("rejects a download with the hook's message, without a request", async () => {
  const id = crypto.randomUUID();
  await expect(client.start(id, fileUrl(), { title: 'forbidden' })).rejects.toThrow('This site does not offer that.');
  expect((await client.list()).find((known) => known.id === id)?.status ?? 'unknown').not.toBe('done');
});

it('rejects an invalid plan of the hook with a message on one line', async () => {
  const id = crypto.randomUUID();
  const started = client.start(id, fileUrl(), { title: 'rubbish' });
  await expect(started).rejects.toThrow(/^Failed to start background fetch .*accept\(\).*$/);
  await expect(started).rejects.toBeInstanceOf(TypeError);
  expect((await client.list()).find((known) => known.id === id)?.status ?? 'unknown').not.toBe('done');
});

describe('a fetch that was started without the client', () => {
  const begin = async (id: string, url: string) => {
    // By then its worker is active.
    await client.list();
    return createInPageEngine(workerHost(registration)).fetch(id, url);
  };

  it('gets its title while it is active', async () => {
    const id = crypto.randomUUID();
    const fetch = await begin(id, fileUrl('size=40M&rate=200k'));
    expect((await client.list()).find((known) => known.id === id)).toMatchObject({
      title: `${id}, named by the site`,
      result: '',
    });
    await fetch.abort();
  });

  it('gets its title at its end', async () => {
    const id = crypto.randomUUID();
    await begin(id, fileUrl('size=10k'));
    expect((await record(client, id, ({ status }) => status === 'done')).title).toBe(`${id}, named by the site`);
  });

  it('is aborted with the reason if the site rejects it', async () => {
    const id = `forbidden-${crypto.randomUUID()}`;
    await begin(id, fileUrl('size=40M&rate=200k'));
    const listed = (await client.list()).find((known) => known.id === id);
    expect(listed).toMatchObject({ status: 'aborted', failureDetail: 'This site does not offer that.' });
    await expect.poll(async () => listFetches(registration.scope)).toEqual([]);
    expect((await client.list()).find((known) => known.id === id)).toMatchObject({ status: 'aborted' });
  });

  it('is not stored if the site rejects it at its end', async () => {
    const id = `forbidden-${crypto.randomUUID()}`;
    const url = fileUrl('size=10k');
    await begin(id, url);
    const refused = await record(client, id, ({ result }) => result !== '');
    expect(refused).toMatchObject({ status: 'aborted', failureDetail: 'This site does not offer that.' });
    expect(await client.match(url)).toBeUndefined();
  });
});

it('stores a file elsewhere, and the kit does not answer for it', async () => {
  const id = crypto.randomUUID();
  const [here, there] = [fileUrl('size=10k'), fileUrl('size=10k', { name: 'elsewhere.bin' })];
  await client.start(id, [here, there]);
  const done = await record(client, id, ({ status }) => status === 'done');
  expect(done.files.map(({ elsewhere }) => elsewhere ?? false)).toEqual([false, true]);
  expect(await client.match(here)).toBeDefined();
  expect(await client.match(there)).toBeUndefined();
  expect((await (await (await caches.open('elsewhere')).match(there))!.arrayBuffer()).byteLength).toBe(10 * 1024);
  await client.list();
  expect(client.records.get(id)?.status).toBe('done');
});

it('does not keep an event of the in-page engine active for the site’s own listener by its own work', async () => {
  const inPage = new BgFetchClient({ serviceWorker: registration, engine: 'in-page' });
  const id = crypto.randomUUID();
  await inPage.start(id, fileUrl('size=10k'));
  await expect.poll(() => told).toEqual(expect.arrayContaining([`InvalidStateError ${id}`, `done ${id}`]));
});

it('is told of a failure beside the site’s own listener', async () => {
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('status=404'));
  await record(client, id, ({ status }) => status === 'failed');
  await expect.poll(() => told).toEqual(expect.arrayContaining([`backgroundfetchfail ${id}`, `failed ${id}`]));
});

it('leaves an abort to the site’s own listener too', async () => {
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=50M&rate=1M'));
  await record(client, id, ({ status }) => status === 'downloading');
  await client.abort(id);
  await expect.poll(() => told, { timeout: 20_000 }).toContain(`backgroundfetchabort ${id}`);
});
