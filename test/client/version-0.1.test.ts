/** Downloads in the databases of version 0.1: shown as they were, answered with their bytes, and resumed from where they were. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { areBytesOf } from '../server/content.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from './client.js';
import {
  doneFields,
  fileOf,
  hasFiles,
  requestOf,
  writeFetch,
  writeLeft,
  writePart,
  writeRecord,
  writeResponse,
  type Store,
} from './version-0.1.js';

const MIB = 1024 * 1024;
const SIZE = 2 * MIB;
const PART = MIB + 1000;
/** `It ended while no page was open.` was the only mark of such a failure. */
const UNATTENDED = { result: 'failure', failureReason: 'fetch-error', failureDetail: 'It ended while no page was open.' };

let registration: ServiceWorkerRegistration;
let scope: string;
let id: string;
let url: string;
/** Storage of the in-page engine in this browser. */
let store: Store;
beforeAll(async () => {
  store = (await hasFiles()) ? 'opfs' : 'indexeddb';
  await useNewScope();
});
beforeEach(() => {
  id = crypto.randomUUID();
  url = fileUrl('seed=old&size=2M');
});
afterAll(() => retire(registration));

/** Registers a worker of an own scope: its engine reads the journal only when the first page opens it. */
async function useNewScope(): Promise<void> {
  ({ registration } = await workerClient());
  ({ scope } = registration);
}

const open = () => new BgFetchClient({ serviceWorker: registration, engine: 'in-page' });

/** Opens the current version and waits until the download is done with the right bytes. */
async function isDone(client = open(), size = SIZE): Promise<void> {
  await client.ready;
  await record(client, id, ({ status }) => status === 'done');
  await hasBytes(client, url, size);
}

async function hasBytes(client: BgFetchClient, of: string, size: number): Promise<void> {
  const bytes = new Uint8Array((await (await client.match(of))?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(bytes.byteLength).toBe(size);
  expect(areBytesOf('old', 0, bytes)).toBe(true);
}

const rangesOf = async () => (await requestsOf(url)).map(({ headers }) => headers.range);

describe('a stored download', () => {
  it.each(['opfs', 'indexeddb', 'cache'] as const)('is answered from %s without a request', async (from) => {
    if (from === 'opfs' && store !== 'opfs') return;
    await writeResponse(id, 0, url, { store: from, seed: 'old', size: SIZE, kept: true });
    await writeRecord({ id, url, fields: { ...doneFields(url, SIZE), engine: from === 'cache' ? 'native' : 'in-page' } });
    const client = open();
    await isDone(client);
    // The second list checks the stored files again.
    await client.list();
    expect(client.records.get(id)).toMatchObject({ status: 'done', downloaded: SIZE });
    expect(await requestsOf(url)).toEqual([]);
  });

  it('is verified if that was left to do', async () => {
    const integrity = 'sha256-BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB=';
    await writeResponse(id, 0, url, { store, seed: 'old', size: SIZE, kept: true }, integrity);
    const requests = [{ ...requestOf(url), integrity }];
    await writeRecord({ id, url, fields: { ...doneFields(url, SIZE), result: '', status: 'saving', verifying: true, requests } });
    const client = open();
    await client.ready;
    await record(client, id, ({ status }) => status === 'failed');
    expect(client.records.get(id)).toMatchObject({ failureCause: 'integrity' });
    expect(await client.match(url)).toBeUndefined();
  });

  it('is restored after its removal', async () => {
    await writeResponse(id, 0, url, { store, seed: 'old', size: SIZE, kept: true });
    await writeRecord({ id, url, fields: { ...doneFields(url, SIZE), discardedAt: Date.now() } });
    const client = open();
    await client.ready;
    expect((await record(client, id, () => true)).discardedAt).toBeDefined();
    expect(await client.match(url)).toBeUndefined();
    await client.restore(id);
    await record(client, id, ({ discardedAt }) => discardedAt === undefined);
    await isDone(client);
    expect(await requestsOf(url)).toEqual([]);
  });
});

describe('a download that is not stored', () => {
  it.each([
    ['aborted', { result: 'failure', failureReason: 'aborted', status: 'aborted' }],
    ['failed', { result: 'failure', failureReason: 'bad-status', status: 'failed', failureDetail: 'The server answered 403.' }],
  ])('keeps the status %s', async (status, fields) => {
    await writeRecord({ id, url, fields });
    const client = open();
    await client.list();
    expect(client.records.get(id)).toMatchObject({ ...fields, status });
    expect(await requestsOf(url)).toEqual([]);
    expect((await client.retry(id)).id).toBe(id);
    await isDone(client);
  });

  it('stays evicted', async () => {
    await writeResponse(id, 0, url, { store, seed: 'old', size: SIZE, kept: true, evicted: true });
    await writeRecord({ id, url, fields: { ...doneFields(url, SIZE), status: 'evicted' } });
    const client = open();
    await client.list();
    expect(client.records.get(id)).toMatchObject({ status: 'evicted' });
    await expect(client.match(url)).rejects.toMatchObject({ name: 'NotFoundError' });
    await client.retry(id);
    await isDone(client);
  });

  it('keeps its stored files: a retry requests the others', async () => {
    const other = fileUrl('seed=old&size=2M');
    await writeResponse(id, 0, url, { store, seed: 'old', size: SIZE, kept: true });
    const failed = { result: 'failure', failureReason: 'bad-status', status: 'failed', downloaded: SIZE };
    const files = [fileOf(url, SIZE), { ...fileOf(other), state: 'failed', status: 404 }];
    await writeRecord({ id, url, fields: { ...failed, requests: [url, other].map(requestOf), files } });
    const client = open();
    await client.list();
    expect(client.records.get(id)).toMatchObject({ status: 'failed', files: [{ state: 'done' }, { state: 'failed' }] });
    await client.retry(id);
    await isDone(client);
    await hasBytes(client, other, SIZE);
    expect(await requestsOf(url)).toEqual([]);
    expect(await requestsOf(other)).toHaveLength(1);
  });

  it('resumes the part that a failure left when it is tried again', async () => {
    await writeLeft(url, scope, await writePart(url, { store, seed: 'old', size: PART }, SIZE));
    await writeRecord({ id, url, fields: { result: 'failure', failureReason: 'quota-exceeded', status: 'failed' } });
    const client = open();
    await client.list();
    expect(client.records.get(id)).toMatchObject({ status: 'failed', failureReason: 'quota-exceeded' });
    await client.retry(id);
    await isDone(client);
    expect(await rangesOf()).toEqual([`bytes=${PART}-`]);
  });

  it('is tried again without its total as a limit: the server may have reported it', async () => {
    await writeRecord({ id, url, fields: { ...UNATTENDED, status: 'failed', failureDetail: '', downloadTotal: MIB } });
    const client = open();
    await client.ready;
    await client.retry(id);
    await isDone(client);
  });

  it('continues if no page was open at its end', async () => {
    await writeRecord({ id, url, fields: { ...UNATTENDED, status: 'failed' } });
    await isDone();
  });

  it('starts if its page was closed before', async () => {
    await writeRecord({ id, url, fields: { changedAt: Date.now() - 60_000 } });
    await isDone();
  });
});

describe('an active download', () => {
  beforeEach(useNewScope);

  it('resumes from its last stored byte', async () => {
    const part = await writePart(url, { store, seed: 'old', size: PART, flushed: MIB / 2 }, SIZE);
    await writeFetch({ id, url }, scope, part);
    await writeRecord({ id, url });
    await isDone();
    expect(await rangesOf()).toEqual([`bytes=${PART}-`]);
  });

  it('stays paused, and resumes from its last stored byte', async () => {
    await writeFetch({ id, url }, scope, await writePart(url, { store, seed: 'old', size: PART }, SIZE), true);
    await writeRecord({ id, url });
    const client = open();
    await client.ready;
    await record(client, id, ({ status, downloaded }) => status === 'paused' && downloaded === PART);
    expect(await requestsOf(url)).toEqual([]);
    expect(await client.resume(id)).toBe(true);
    await isDone(client);
    expect(await rangesOf()).toEqual([`bytes=${PART}-`]);
  });

  it('is not requested again if all its bytes are stored', async () => {
    await writeFetch({ id, url }, scope, await writePart(url, { store, seed: 'old', size: SIZE }, SIZE));
    await writeRecord({ id, url });
    await isDone();
    expect(await requestsOf(url)).toEqual([]);
  });

  it('waits until the time that its server named', async () => {
    const retryAt = Date.now() + 3000;
    await writeFetch({ id, url }, scope, { retryAt });
    await writeRecord({ id, url });
    await isDone();
    const [request] = await requestsOf(url);
    expect(request!.at).toBeGreaterThanOrEqual(retryAt);
  });

  it('starts from the queue', async () => {
    await writeFetch({ id, url }, scope);
    await writeRecord({ id, url });
    await isDone();
    expect(await rangesOf()).toEqual([undefined]);
  });

  it('is done when the older fetch ends that its last start continued', async () => {
    await writeFetch({ id, url }, scope, await writePart(url, { store, seed: 'old', size: PART }, SIZE));
    await writeRecord({ id, url, fields: { startedAt: Date.now() } });
    await isDone();
    expect(await rangesOf()).toEqual([`bytes=${PART}-`]);
  });
});
