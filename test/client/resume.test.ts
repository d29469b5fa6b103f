/** The site decides whether a page goes on with what an earlier visit began; what it does not want waits for its visitor. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { addFetch, readFetch, type JournalFetch } from '../../src/engine/in-page/state/journal.js';
import { database, readRecord } from '../../src/manager/database.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from './client.js';

const EARLIER = Math.floor(performance.timeOrigin) - 60_000;

let registration: ServiceWorkerRegistration;
let id: string;
let uid: string;
beforeEach(async () => {
  ({ registration } = await workerClient());
  id = crypto.randomUUID();
  uid = crypto.randomUUID();
});
afterEach(() => retire(registration));

/** Downloads of scopes that no longer exist, which other test files have left, are not asked about. */
const clientWith = (resume: (record: FetchRecord) => unknown) =>
  new BgFetchClient({ serviceWorker: registration, resume: (record) => (record.id === id ? resume(record) : false) });

/** Leaves a record as an earlier visit has left it. */
async function leaveRecord(urls: readonly string[], fields: Partial<FetchRecord>): Promise<void> {
  const requests = await Promise.all(urls.map((url) => toPlainRequest(new Request(url))));
  const files = urls.map((url) => ({ url, downloaded: 0, downloadTotal: 0, state: 'waiting', status: 0 }) as const);
  const left: FetchRecord = {
    ...{ id, title: 'Left', icons: [], requests, files, downloaded: 0, downloadTotal: 0, uploaded: 0, uploadTotal: 0, kept: 0 },
    ...{ result: '', failureReason: '', status: 'starting', engine: 'in-page', scope: registration.scope },
    ...{ startedAt: EARLIER, changedAt: EARLIER, ...fields },
  };
  await database(['records'], 'readwrite', (records) => records.put(left));
}

/** Leaves a download of the in-page engine that an earlier visit began. */
async function leave(url: string): Promise<void> {
  const { scope } = registration;
  const fetch: JournalFetch = {
    ...{ uid, scope, id, active: scope, title: 'Left', icons: [], downloadTotal: 0, uploadTotal: 0 },
    ...{ startedAt: EARLIER, paused: false, result: '', failureReason: '', failureDetail: '' },
  };
  const request = await toPlainRequest(new Request(url));
  await addFetch(fetch, [{ uid, index: 0, request, uploaded: 0, length: 0, result: '', detail: '' }]);
  await leaveRecord([url], {});
}

describe('an active download of the in-page engine', () => {
  it('is paused if the site returns false, is asked about once, and continues when the visitor resumes it', async () => {
    const url = fileUrl('size=10k');
    await leave(url);
    const resume = vi.fn(() => Promise.resolve(false));
    const client = clientWith(resume);
    await client.ready;
    await record(client, id, ({ status }) => status === 'paused');
    expect(resume).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id, title: 'Left' }));
    expect(await requestsOf(url)).toHaveLength(0);
    await client.list();
    expect(await client.resume(id)).toBe(true);
    await record(client, id, ({ status }) => status === 'done');
    expect(resume).toHaveBeenCalledOnce();
    expect(await requestsOf(url)).toHaveLength(1);
  });

  it.each([['true', true] as const, ['nothing', undefined] as const])(
    'continues if the site returns %s',
    async (_words, answer) => {
      await leave(fileUrl('size=10k'));
      const resume = vi.fn(() => answer);
      const client = clientWith(resume);
      await client.ready;
      await record(client, id, ({ status }) => status === 'done');
      expect(resume).toHaveBeenCalledOnce();
    },
  );

  it('is paused if the callback fails, and the error is reported', async () => {
    const reported = vi.spyOn(globalThis, 'reportError').mockReturnValue(undefined);
    const error = new Error('Nobody knows who is here.');
    const url = fileUrl('size=10k');
    await leave(url);
    const client = clientWith(() => {
      throw error;
    });
    await client.ready;
    await record(client, id, ({ status }) => status === 'paused');
    expect(reported).toHaveBeenCalledWith(error);
    expect(await requestsOf(url)).toHaveLength(0);
    reported.mockRestore();
  });

  it('does not wait for the callback once the visitor has resumed or aborted it', async () => {
    await leave(fileUrl('size=10k'));
    const { promise: answer, resolve } = Promise.withResolvers<boolean>();
    const resume = vi.fn(() => answer);
    const client = clientWith(resume);
    await client.ready;
    await expect.poll(() => resume.mock.calls.length).toBe(1);
    expect(await client.resume(id)).toBe(true);
    await record(client, id, ({ status }) => status === 'done');
    resolve(false);
    await answer;
    await expect.poll(() => readFetch(uid)).toBeUndefined();
  });

  it('is not asked about if this page started it', async () => {
    const resume = vi.fn(() => false);
    const client = clientWith(resume);
    await client.start(id, fileUrl('size=10k'));
    await record(client, id, ({ status }) => status === 'done');
    expect(resume).not.toHaveBeenCalled();
  });
});

describe('a download that the native engine gave up', () => {
  const givenUp = { engine: 'native', status: 'failed', result: 'failure', failureReason: 'fetch-error' } as const;

  it('is paused if the site returns false, in later pages too, and continues when the visitor resumes it', async () => {
    const url = fileUrl('size=10k');
    await leaveRecord([url], givenUp);
    const resume = vi.fn(() => false);
    const client = clientWith(resume);
    await client.ready;
    await record(client, id, ({ status }) => status === 'paused');
    expect(resume).toHaveBeenCalledOnce();
    const later = clientWith(resume);
    expect((await later.list()).find((each) => each.id === id)).toMatchObject({ status: 'paused', result: '' });
    expect(await readRecord(id)).toMatchObject({ status: 'paused' });
    expect(await requestsOf(url)).toHaveLength(0);
    expect(await later.resume(id)).toBe(true);
    await record(later, id, ({ status }) => status === 'done');
    expect(resume).toHaveBeenCalledOnce();
    expect(await requestsOf(url)).toHaveLength(1);
  });

  it('keeps the files that were stored before', async () => {
    const [stored, missing] = [fileUrl('size=10k'), fileUrl('status=404&times=1')];
    const before = new BgFetchClient({ serviceWorker: registration });
    await before.start(id, [stored, missing]);
    const failed = await record(before, id, ({ status }) => status === 'failed');
    const responses = await database(['responses'], 'readonly', (rows) => rows.getAll(IDBKeyRange.bound([id], [id, []])));
    for (const row of responses) {
      await database(['responses'], 'readwrite', (rows) => rows.put({ ...row, startedAt: EARLIER }));
    }
    const { files } = failed;
    await leaveRecord([stored, missing], { ...givenUp, files, downloaded: 10 * 1024, kept: 10 * 1024 });
    const client = clientWith(() => false);
    await client.ready;
    await record(client, id, ({ status }) => status === 'paused');
    await client.resume(id);
    await record(client, id, ({ status }) => status === 'done');
    expect(await requestsOf(stored)).toHaveLength(1);
    expect(await requestsOf(missing)).toHaveLength(2);
  });

  it('can be aborted instead', async () => {
    await leaveRecord([fileUrl('size=10k')], givenUp);
    const client = clientWith(() => false);
    await client.ready;
    await record(client, id, ({ status }) => status === 'paused');
    expect(await client.abort(id)).toBe(true);
    await record(client, id, ({ status }) => status === 'aborted');
  });

  it('continues if the site returns true', async () => {
    await leaveRecord([fileUrl('size=10k')], givenUp);
    const resume = vi.fn(() => true);
    const client = clientWith(resume);
    await client.ready;
    await record(client, id, ({ status }) => status === 'done');
    expect(resume).toHaveBeenCalledOnce();
  });
});
