/** A native fetch that the browser no longer lists may have ended, with its event still to come. */
import { expect, it, vi } from 'vitest';
import { inPageReader } from '../../src/engine/in-page/index.js';
import { addFetch } from '../../src/engine/in-page/state/journal.js';
import { database, readRecord } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import type { BackgroundFetchRegistration } from '../../src/standard/background-fetch.js';
import { fileUrl } from '../setup/server.js';

/** Registers a native download of which bytes have arrived, and has the manager check it when the browser lists it no longer. */
async function ended() {
  const id = crypto.randomUUID();
  const url = fileUrl('size=10k');
  const manager = new Manager(() => []);
  const request = new Request(url);
  const requests = [await toPlainRequest(request)];
  const { startedAt } = await manager.register({
    ...{ id, title: '', icons: [], requests, downloadTotal: 0, engine: 'native', startedAt: Date.now() },
  });
  await manager.note(id, startedAt, 1024, 0);
  const listed = await manager.list();
  expect(listed.find((record) => record.id === id)).toMatchObject({ status: 'downloading', engine: 'native' });
  return { id, manager, request };
}

it.concurrent('is stored when its event arrives', async () => {
  const { id, manager, request } = await ended();
  const response = await fetch(request);
  const registration = {
    ...{ id, result: 'success', failureReason: '', downloaded: 10 * 1024, downloadTotal: 0, recordsAvailable: true },
    matchAll: () => Promise.resolve([{ request, responseReady: Promise.resolve(response) }]),
  } as unknown as BackgroundFetchRegistration;
  await manager.settle(registration);
  expect(await readRecord(id)).toMatchObject({ status: 'done', engine: 'native', downloaded: 10 * 1024 });
});

it.concurrent('is looked after though the in-page engine still has a fetch of an earlier attempt', async () => {
  const { id } = await ended();
  const record = (await readRecord(id))!;
  await database(['records'], 'readwrite', (records) => records.put({ ...record, status: 'saving' }));
  const { title, icons, downloadTotal, requests } = record;
  const uid = crypto.randomUUID();
  const scope = location.origin;
  const end = { result: 'success', failureReason: '', failureDetail: '' } as const;
  const fetch = {
    uid,
    scope,
    id,
    title,
    icons,
    downloadTotal,
    uploadTotal: 0,
    startedAt: record.startedAt - 1000,
    paused: false,
    ...end,
  };
  await addFetch(fetch, [{ uid, index: 0, request: requests[0]!, uploaded: 0, length: 0, result: 'fetch-error', detail: '' }]);
  const engine = inPageReader(scope);
  expect(await engine.getIds()).toContain(id);
  await new Manager(() => [engine]).list();
  expect(await readRecord(id)).toMatchObject({ status: 'failed', engine: 'native' });
});

it.concurrent('has failed where no event arrives', async () => {
  const { id, manager } = await ended();
  await manager.rest();
  // Another manager of the origin may be writing it at this moment.
  await vi.waitFor(async () => expect(await readRecord(id)).toMatchObject({ status: 'failed', failureCause: 'unattended' }), {
    timeout: 30_000,
  });
});
