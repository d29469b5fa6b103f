/** Two apps of one origin share its records; each leaves the other's downloads alone, reaches them, and takes over those of one that is gone. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BgFetchClient } from '../../src/client/client.js';
import { createInPageEngine, workerHost } from '../../src/engine/in-page/index.js';
import { addFetch, listFetches, type JournalFetch } from '../../src/engine/in-page/state/journal.js';
import { database, readRecord } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from '../client/client.js';

let a: BgFetchClient;
let b: BgFetchClient;
let scopeOfA: string;
let registrations: ServiceWorkerRegistration[];
let id: string;

beforeEach(async () => {
  const [first, second] = [await workerClient(), await workerClient()];
  registrations = [first.registration, second.registration];
  [a, b] = [first.client, second.client];
  scopeOfA = first.registration.scope;
  id = crypto.randomUUID();
});
afterEach(async () => {
  await b.clear();
  for (const registration of registrations) await retire(registration);
});

async function change(id: string, fields: Partial<FetchRecord>): Promise<void> {
  const before = (await readRecord(id))!;
  await database(['records'], 'readwrite', (records) => records.put({ ...before, ...fields }));
}

/** Starts a download in the first app that ends when it is let to. */
async function begin(url: string): Promise<FetchRecord> {
  await a.start(id, url);
  return record(a, id, ({ status }) => status === 'downloading');
}

const endless = () => fileUrl('size=40M&rate=200k');

it('records the scope of each download', async () => {
  const url = fileUrl('size=10k');
  await a.start(id, url);
  expect((await record(a, id, ({ status }) => status === 'done')).scope).toBe(scopeOfA);
});

it('does not change a download of the other app, however old, and shows its end', async () => {
  const url = fileUrl('size=1M&rate=200k');
  await begin(url);
  await change(id, { status: 'starting', changedAt: Date.now() - 31_000 });
  expect((await b.list()).find((each) => each.id === id)).toMatchObject({ scope: scopeOfA, result: '' });
  expect(await readRecord(id)).toMatchObject({ status: 'starting', scope: scopeOfA });
  await record(a, id, ({ status }) => status === 'done');
  await record(b, id, ({ status }) => status === 'done');
  expect(await requestsOf(url)).toHaveLength(1);
});

it('leaves the continuation of a given-up download to its own app', async () => {
  const url = fileUrl('status=404');
  await a.start(id, url);
  await record(a, id, ({ status }) => status === 'failed');
  await change(id, { engine: 'native', failureReason: 'fetch-error' });
  await b.list();
  expect(await record(b, id, ({ engine }) => engine === 'native')).toMatchObject({ status: 'failed', scope: scopeOfA });
  await a.list();
  // It asks once more, and fails once more.
  await record(a, id, ({ engine, status }) => engine === 'in-page' && status === 'failed');
  expect(await requestsOf(url)).toHaveLength(2);
});

it('returns the other app’s download for a start of the same files', async () => {
  const url = endless();
  await begin(url);
  await b.list();
  expect(await b.start(id, url)).toMatchObject({ id, scope: scopeOfA });
  expect(await requestsOf(url)).toHaveLength(1);
  await a.abort(id);
});

it('rejects a start of other files with the id of the other app’s download', async () => {
  const url = endless();
  await begin(url);
  await b.list();
  const other = fileUrl('size=10k');
  await expect(b.start(id, other)).rejects.toThrow(scopeOfA);
  expect(await readRecord(id)).toMatchObject({ scope: scopeOfA, result: '', requests: [{ url }] });
  expect(await requestsOf(other)).toHaveLength(0);
  await a.abort(id);
});

it('rejects it even if the page had not seen the other app’s download', async () => {
  const url = endless();
  await begin(url);
  await b.list();
  // As if the news had not come yet.
  b.records.delete(id);
  await expect(b.start(id, fileUrl('size=10k'))).rejects.toMatchObject({ name: 'InvalidStateError' });
  expect(await readRecord(id)).toMatchObject({ scope: scopeOfA, result: '', requests: [{ url }] });
  await record(b, id, ({ scope }) => scope === scopeOfA);
  await a.abort(id);
});

it('pauses, resumes and aborts it where it runs', async () => {
  const url = endless();
  await begin(url);
  await b.list();
  expect(await b.pause(id)).toBe(true);
  await record(a, id, ({ status }) => status === 'paused');
  await record(b, id, ({ status }) => status === 'paused');
  expect(await b.resume(id)).toBe(true);
  await record(a, id, ({ status }) => status === 'downloading');
  expect(await b.abort(id)).toBe(true);
  await record(a, id, ({ status }) => status === 'aborted');
  await record(b, id, ({ status }) => status === 'aborted');
  await expect.poll(async () => (await listFetches(scopeOfA)).map((fetch) => fetch.id)).not.toContain(id);
});

it('does not end the other app’s download by its own fetch of the same id', async () => {
  const url = endless();
  await begin(url);
  const engine = createInPageEngine(workerHost(registrations[1]!));
  await engine.fetch(id, fileUrl('size=10k'));
  await expect.poll(async () => listFetches(registrations[1]!.scope)).toEqual([]);
  expect(await readRecord(id)).toMatchObject({ scope: scopeOfA, result: '', requests: [{ url }] });
  await a.abort(id);
});

it('does not apply its retention to downloads of another app', async () => {
  await a.start(id, fileUrl('size=10k'));
  await record(a, id, ({ status }) => status === 'done');
  await new Manager(() => [], { retention: { maxCount: 0, maxAge: 0 } }, registrations[1]!.scope).list();
  expect(await readRecord(id)).not.toHaveProperty('agedAt');
});

it('resumes a download of an app that no longer exists', async () => {
  const url = fileUrl('size=10k');
  await a.start(id, url);
  const done = await record(a, id, ({ status }) => status === 'done');
  const gone = `${location.origin}/gone-${id}/`;
  // As a page of an app without a worker leaves it.
  const uid = crypto.randomUUID();
  const left = { uid, index: 0, uploaded: 0, length: 0, result: '', detail: '' } as const;
  const fetch: JournalFetch = {
    ...{ uid, scope: gone, id, active: gone, title: '', icons: [], downloadTotal: 0, uploadTotal: 0 },
    ...{ startedAt: Date.now(), paused: true, result: '', failureReason: '', failureDetail: '' },
  };
  await addFetch(fetch, [{ ...left, request: await toPlainRequest(new Request(url)) }]);
  const files = done.files.map((file) => ({ ...file, downloaded: 0, state: 'waiting' as const }));
  await change(id, { ...{ scope: gone, status: 'starting', result: '', files }, changedAt: Date.now() - 31_000 });

  await b.list();
  expect(await record(b, id, ({ status }) => status === 'paused')).toMatchObject({ scope: registrations[1]!.scope });
  expect(await b.resume(id)).toBe(true);
  await record(b, id, ({ status }) => status === 'done');
  expect(await requestsOf(url)).toHaveLength(2);
});

it('does not take over a download that a page runs for a scope without a worker', async () => {
  await a.start(id, fileUrl('size=10k'));
  await record(a, id, ({ status }) => status === 'done');
  const alive = `${location.origin}/alive-${id}/`;
  await change(id, { scope: alive, status: 'starting', result: '', changedAt: Date.now() - 31_000 });
  const { promise: held, resolve: letGo } = Promise.withResolvers<unknown>();
  await new Promise<void>((holds) => {
    void navigator.locks.request(`bg-fetch-in-page ${alive}`, () => {
      holds();
      return held;
    });
  });
  await b.list();
  await b.list();
  expect(await readRecord(id)).toMatchObject({ scope: alive, status: 'starting' });
  letGo(undefined);
  await expect
    .poll(async () => {
      await b.list();
      return readRecord(id);
    })
    .toMatchObject({ scope: registrations[1]!.scope });
});
