/** Bytes at rest: where they go, what becomes of those that nobody speaks of, and pages that may not start a worker. */
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import {
  addFetch,
  deleteFetch,
  journal,
  listFetches,
  readRecords,
  type JournalFetch,
  type JournalRecord,
} from '../../../src/engine/in-page/state/journal.js';
import { createIdbTransport } from '../../../src/engine/in-page/transport/idb-transport.js';
import { takePartialBodies } from '../../../src/engine/in-page/state/partial-bodies.js';
import { inPageReader } from '../../../src/engine/in-page/delivery/pending-fetches.js';
import { committedSize, commitSize, writeRow } from '../../../src/bytes/bodies.js';
import { bytes as database } from '../../../src/bytes/body-database.js';
import { BODY_OFFSET, listFiles, openFolder } from '../../../src/bytes/files.js';
import { updateChecksum } from '../../../src/bytes/checksum.js';
import { requested } from '../../../src/bytes/indexed-db.js';
import { addPiece } from '../../../src/bytes/pieces.js';
import { bodyExists, deleteBody, listBodies, readBody, type StoredBody } from '../../../src/bytes/index.js';
import { isKeepable } from '../../../src/standard/extras.js';
import { toPlainRequest } from '../../../src/standard/plain-request.js';
import { bytesOf } from '../../server/content.js';
import { fileUrl, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';
import { openPage, closePages, engineOf } from './page.js';

const MIB = 1024 * 1024;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'storage');
  closePages();
});

const bytes = (size: number) => Uint8Array.from({ length: size }, (_none, i) => i % 251);

it('reads any range of a body that rests in pieces, across their borders and past 4 GiB', async () => {
  const far = 2 ** 33;
  const key = crypto.randomUUID();
  const all = bytes(2500);
  for (const at of [0, 1000, 2000]) await addPiece(key, far + at, all.slice(at, at + 1000));
  const body = { store: 'indexeddb', key, size: far + 2500 } as const;
  for (const [start, end] of [
    [0, 2500],
    [999, 1001],
    [1000, 2000],
    [2499, 2500],
    [10, 10],
  ] as const) {
    const part = await new Response(await readBody(body, far + start, far + end)).arrayBuffer();
    expect(new Uint8Array(part)).toEqual(all.slice(start, end));
  }
  expect(await bodyExists(body)).toBe(true);
  expect(await bodyExists({ ...body, size: body.size - 1 })).toBe(false);
  await deleteBody(body);
});

it('collects bodies that nobody speaks of when it starts', async () => {
  const key = crypto.randomUUID();
  await addPiece(key, 0, bytes(100));
  startEngine();
  await expect.poll(async () => (await listBodies()).some((body) => body.key === key)).toBe(false);
});

it('collects files that nothing vouches for', async ({ skip }) => {
  const folder = await openFolder().catch(() => skip());
  const key = crypto.randomUUID();
  await (await (await folder.getFileHandle(key, { create: true })).createWritable()).close();
  const isThere = async () => (await listFiles()).has(key);
  expect(await isThere()).toBe(true);
  startEngine();
  await expect.poll(isThere).toBe(false);
});

it('leaves nothing of a fetch that was forgotten before it had ended', async () => {
  const [uid, scope] = [crypto.randomUUID(), crypto.randomUUID()];
  const [url, facts] = [fileUrl(), { title: '', icons: [], downloadTotal: 0, uploadTotal: 0, startedAt: 0, paused: false }];
  const fetch: JournalFetch = {
    uid,
    scope,
    id: 'late',
    ...facts,
    result: 'failure',
    failureReason: 'fetch-error',
    failureDetail: '',
  };
  const request = await toPlainRequest(new Request(url));
  const body = { store: 'indexeddb', key: uid, size: 1 } as const;
  const part: JournalRecord = { uid, index: 0, request, body, uploaded: 0, length: 2, result: 'fetch-error', detail: '' };
  await addFetch(fetch, [part]);
  await deleteFetch(fetch, []);
  await deleteFetch(fetch, [part]);
  expect(await takePartialBodies(scope, [url])).toEqual([]);
});

it('stores in IndexedDB where no worker may be started', async () => {
  vi.stubGlobal('Worker', function () {
    throw new DOMException('Refused to create a worker from a blob: URL.', 'SecurityError');
  });
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s&rate=12M&cut=3M&linger=2000&cuts=1');
  const stores = ended(engine, 'pieces', async (event) => {
    const { bodies } = await readEnd(event);
    return { whole: isWhole(bodies[0], 's', 5 * 2 ** 20), stores: (await listBodies()).map(({ store }) => store) };
  });
  await engine.fetch('pieces', url);
  const result = await stores;
  expect(result.whole).toBe(true);
  expect(result.stores).toContain('indexeddb');
  expect((await requestsOf(url))[1]?.headers.range).toMatch(/^bytes=\d+-$/);
});

it.each(['files', 'pieces'])('tells what came last before the line fell silent, in %s', async (where) => {
  if (where === 'pieces') vi.stubGlobal('Worker', undefined);
  const registration = await startEngine().fetch('silent', fileUrl('size=2M&stall=1M'));
  await expect.poll(() => registration.downloaded, { timeout: 5000 }).toBe(MIB);
  await registration.abort();
});

it('tells how far it is in a chunk of any size', async () => {
  const pile = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes(8 * MIB));
      controller.close();
    },
  });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(pile)));
  const request = await toPlainRequest(new Request(fileUrl()));
  const sending = { requestBody: undefined, headers: [], signal: new AbortController().signal };
  const key = crypto.randomUUID();
  const sizes: number[] = [];
  const exchange = await createIdbTransport().send(request, sending);
  const { size } = await exchange.storeBody({ key, offset: 0, length: 0 }, (at) => sizes.push(at));
  expect(sizes[0]).toBe(MIB);
  expect(size).toBe(8 * MIB);
  await deleteBody({ store: 'indexeddb', key, size });
});

it('delivers the end again when the page went before anybody had settled it', async () => {
  const scope = crypto.randomUUID();
  const first = await openPage(scope);
  const unsettled = new Promise<void>((resolve) => {
    const { target } = engineOf(first);
    target.addEventListener('backgroundfetchsuccess', (event) => {
      (event as unknown as { waitUntil(promise: Promise<unknown>): void }).waitUntil(new Promise(() => undefined));
      resolve();
    });
  });
  await engineOf(first).fetch('again', fileUrl('size=1M&seed=s'));
  await unsettled;
  first.remove();
  const reader = inPageReader(scope);
  expect(await reader.getIds()).toEqual(['again']);
  expect(await reader.get('again')).toMatchObject({ id: 'again', result: 'success' });
  const second = startEngine(scope);
  expect(await second.getIds()).toEqual([]);
  const { result, bodies } = await ended(second, 'again', readEnd);
  expect(result).toBe('success');
  expect(isWhole(bodies[0], 's', 2 ** 20)).toBe(true);
});

it('keeps a queue: so many responses at a time, in the order they were asked for, and one at once on demand', async () => {
  const engine = startEngine(undefined, { parallel: 1 });
  const order: string[] = [];
  const ends = ['first', 'second', 'third'].map((id) => ended(engine, id, () => Promise.resolve(order.push(id))));
  const first = await engine.fetch('first', fileUrl('size=90M&rate=1M'));
  const second = await engine.fetch('second', fileUrl('size=10'));
  const third = await engine.fetch('third', fileUrl('size=10'));
  await expect.poll(() => third.state).toBe('queued');
  await expect.poll(() => second.waitingFor).toBe('turn');
  await third.resume();
  await ends[2];
  await first.abort();
  await Promise.all(ends);
  expect(order).toEqual(['third', 'first', 'second']);
});

it('takes from the queue first what is worth more', async () => {
  const engine = startEngine(undefined, { parallel: 1 });
  const order: string[] = [];
  const ends = ['first', 'second', 'third'].map((id) => ended(engine, id, () => Promise.resolve(order.push(id))));
  await engine.fetch('first', fileUrl('size=2M&rate=2M'));
  const second = await engine.fetch('second', fileUrl('size=10'));
  const third = await engine.fetch('third', fileUrl('size=10'));
  await expect.poll(() => third.state).toBe('queued');
  expect(await third.setPriority(1)).toBe(true);
  await Promise.all(ends);
  expect(order).toEqual(['first', 'third', 'second']);
  expect(await second.setPriority(1)).toBe(false);
});

it('keeps what came when there is no more room, and adds to it when it is asked for again', async () => {
  vi.stubGlobal('Worker', undefined);
  const { put } = IDBObjectStore.prototype;
  let room = 2 * MIB;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === 'pieces' && (key as [string, number])[1] >= room) throw new DOMException('Full.', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s');
  const full = ended(engine, 'full', readEnd);
  await engine.fetch('full', url);
  expect((await full).failureReason).toBe('quota-exceeded');
  await expect.poll(() => inPageReader(engine.scope).getIds()).toEqual([]);
  // Another page looks for orphans when it starts, and leaves the part alone.
  room = Infinity;
  const next = startEngine(engine.scope);
  const end = ended(engine, 'again', readEnd);
  const registration = await next.fetch('again', url);
  expect(registration.downloaded).toBe(2 * MIB);
  expect(isWhole((await end).bodies[0], 's', 5 * MIB)).toBe(true);
  expect((await requestsOf(url)).map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${2 * MIB}-`]);
});

it('says of a transaction why it failed, not what that did to its other requests', async () => {
  const key = crypto.randomUUID();
  await addPiece(key, 0, bytes(10));
  const failing = database(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    pieces.add(bytes(10), [key, 0]);
    return bodies.put({ store: 'indexeddb', key, size: 10 });
  });
  await expect(failing).rejects.toMatchObject({ name: 'ConstraintError' });
  await deleteBody({ store: 'indexeddb', key, size: 10 });
});

/** As in WebKitGTK, which says nothing of the room it has. */
function saysNothing(): void {
  Object.defineProperty(navigator, 'storage', { value: undefined, configurable: true });
  vi.stubGlobal('Worker', undefined);
}

it('stops short of the room that a browser does not tell of, and goes on once there is some', async () => {
  saysNothing();
  // Another test's files could be deleted meanwhile, which makes room.
  for (const body of await listBodies()) await deleteBody(body);
  const kept = { store: 'indexeddb', key: crypto.randomUUID(), size: 898 * MIB, kept: true } as const;
  onTestFinished(() => deleteBody(kept));
  await writeRow(kept);
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s');
  const full = ended(engine, 'full', readEnd);
  await engine.fetch('full', url);
  expect(await full).toMatchObject({ failureReason: 'quota-exceeded', downloaded: 2 * MIB });
  await expect(engine.fetch('more', url, { downloadTotal: 5 * MIB })).rejects.toThrow(
    /"more": 5242880 bytes are asked for and 0 are left\. /,
  );
  await deleteBody(kept);
  const end = ended(engine, 'again', readEnd);
  await engine.fetch('again', url, { downloadTotal: 5 * MIB });
  expect(isWhole((await end).bodies[0], 's', 5 * MIB)).toBe(true);
  expect((await requestsOf(url)).map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${2 * MIB}-`]);
});

it.each([
  ['GET', { result: 'success' }, [undefined, `bytes=${2 * MIB}-`]],
  ['POST', { failureReason: 'fetch-error' }, [undefined]],
] as const)('says that it waits, and loses nothing, while nothing can be written down: %s', async (method, outcome, ranges) => {
  vi.stubGlobal('Worker', undefined);
  const { put } = IDBObjectStore.prototype;
  let isFull: boolean | undefined;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    isFull ??= (this.name === 'pieces' && (key as [string, number])[1] >= 2 * MIB) || undefined;
    if (isFull) throw new DOMException('Full.', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s');
  const end = ended(engine, 'full', readEnd);
  const registration = await engine.fetch('full', new Request(url, { method }));
  await expect.poll(() => registration.waitingFor).toBe('retry');
  expect(registration).toMatchObject({ state: 'waiting', result: '' });
  isFull = false;
  const { waitingUntil } = registration;
  vi.spyOn(Date, 'now').mockImplementation(() => waitingUntil!);
  // What waits looks at the clock again.
  dispatchEvent(new Event('online'));
  expect(await end).toMatchObject(outcome);
  expect((await requestsOf(url)).map(({ headers }) => headers.range)).toEqual(ranges);
});

it('takes up again after a while what an error of the browser stopped', async () => {
  const { put } = IDBObjectStore.prototype;
  const { setTimeout: wait } = globalThis;
  const [reported, paused] = [vi.fn(), vi.fn()];
  vi.stubGlobal('reportError', reported);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, time: number) => {
    if (time === 10_000) paused();
    return wait(run, time === 10_000 ? 0 : time);
  }) as typeof setTimeout);
  const fails = new DOMException('The disk is at fault.', 'DataError');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if ((value as Partial<JournalFetch>).result === 'success' && this.name === 'fetches' && !reported.mock.calls[0]) throw fails;
    return put.call(this, value, key);
  });
  const engine = startEngine();
  const url = fileUrl('size=1M&seed=s');
  const end = ended(engine, 'stopped', readEnd);
  await engine.fetch('stopped', url);
  expect(isWhole((await end).bodies[0], 's', MIB)).toBe(true);
  expect(reported.mock.calls).toEqual([[fails]]);
  expect(paused).toHaveBeenCalledOnce();
  expect(await requestsOf(url)).toHaveLength(1);
});

it('takes up after a while what could not be read when the page was opened', async () => {
  const scope = crypto.randomUUID();
  const page = await openPage(scope);
  const registration = await engineOf(page).fetch('unread', fileUrl('size=6M&seed=s&rate=3M'));
  await expect.poll(() => registration.downloaded).toBeGreaterThan(0);
  page.remove();
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const fails = new DOMException('The disk is at fault.', 'DataError');
  vi.spyOn(IDBIndex.prototype, 'getAll').mockImplementationOnce(() => {
    throw fails;
  });
  const { bodies } = await ended(startEngine(scope), 'unread', readEnd);
  expect(isWhole(bodies[0], 's', 6 * MIB)).toBe(true);
  expect(reported.mock.calls).toEqual([[fails]]);
});

/** Dedicated workers that run `prelude` before the engine's code. */
function stubWorkers(prelude = ''): Worker[] {
  const workers: Worker[] = [];
  const { Worker: Real } = globalThis;
  vi.stubGlobal('Worker', function (address: string) {
    const code = `${prelude};importScripts(${JSON.stringify(address)});`;
    const worker = new Real(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    workers.push(worker);
    return worker;
  });
  return workers;
}

it.for([4294967288, 0, -8])('keeps what came where a full disk answers a write with %d', async (number, { skip }) => {
  await openFolder().catch(() => skip());
  stubWorkers(`
    const { write } = FileSystemSyncAccessHandle.prototype;
    FileSystemSyncAccessHandle.prototype.write = function (bytes, options) {
      return options.at > ${2 * MIB} ? ${number} : write.call(this, bytes, options);
    };`);
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s');
  const end = ended(engine, 'full', readEnd);
  await engine.fetch('full', url);
  const { failureReason, downloaded } = await end;
  expect(failureReason).toBe('quota-exceeded');
  expect(downloaded).toBeGreaterThan(MIB);
  expect(downloaded).toBeLessThan(4 * MIB);
  await expect.poll(() => inPageReader(engine.scope).getIds()).toEqual([]);
  vi.unstubAllGlobals();
  const next = startEngine();
  const again = ended(next, 'again', readEnd);
  await next.fetch('again', url);
  expect(isWhole((await again).bodies[0], 's', 5 * MIB)).toBe(true);
});

it.for([
  ['dies without a word', (worker: Worker) => worker.terminate()],
  ['throws', (worker: Worker) => worker.postMessage('throw')],
  ['has a promise that nobody handles', (worker: Worker) => worker.postMessage('reject')],
  ['cannot read what it is told', (worker: Worker) => worker.dispatchEvent(new MessageEvent('messageerror'))],
] as const)('goes on in another worker where the first one %s', async ([, die], { skip }) => {
  await openFolder().catch(() => skip());
  const workers = stubWorkers(`
    addEventListener('message', ({ data }) => {
      if (data === 'reject') void Promise.reject(new Error('A bug.'));
      if (data === 'throw') throw new Error('A bug.');
    });`);
  const engine = startEngine(undefined, { timeout: 3000 });
  const url = fileUrl('size=6M&seed=s&rate=3M');
  const end = ended(engine, 'dies', readEnd);
  const registration = await engine.fetch('dies', url);
  await expect.poll(() => registration.downloaded).toBeGreaterThan(MIB);
  die(workers[0]!);
  expect(isWhole((await end).bodies[0], 's', 6 * MIB)).toBe(true);
  expect(workers).toHaveLength(2);
  expect((await requestsOf(url))[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
});

it.for([
  ['in the middle', 'size=6M&seed=s&rate=3M'],
  ['while nothing comes', 'size=6M&stall=3M'],
] as const)('ends in words, and asks no more, where the browser deletes the journal %s', async ([, faults]) => {
  const engine = startEngine();
  const registration = await engine.fetch('gone', fileUrl(faults));
  await expect.poll(() => registration.downloaded).toBeGreaterThan(MIB);
  await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    const all = await requested(fetches.getAll());
    for (const { uid, scope } of all) {
      if (scope !== engine.scope) continue;
      records.delete(IDBKeyRange.bound([uid, 0], [uid, Infinity]));
      fetches.delete(uid);
    }
    return true;
  });
  await expect.poll(() => registration.result, { timeout: 8000 }).toBe('failure');
  expect(registration.failureDetail).toContain('deleted');
  expect(registration.recordsAvailable).toBe(false);
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect(transactions.mock.calls.length).toBeLessThan(50);
  expect(await registration.resume()).toBe(false);
  const end = ended(engine, 'gone', readEnd);
  await engine.fetch('gone', fileUrl('size=1000&seed=s'));
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
});

it.for([
  ['once', 0],
  ['for a while', 1500],
] as const)('goes on where the database refuses every transaction %s', async ([, time]) => {
  const engine = startEngine();
  const url = fileUrl('size=3M&seed=s&rate=3M');
  const end = ended(engine, 'refused', readEnd);
  const registration = await engine.fetch('refused', url);
  await expect.poll(() => registration.downloaded).toBeGreaterThan(MIB);
  const { transaction } = IDBDatabase.prototype;
  let until = Infinity;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...how) {
    if (until === Infinity) until = performance.now() + time;
    else if (performance.now() > until) return transaction.apply(this, how);
    throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
  });
  expect(isWhole((await end).bodies[0], 's', 3 * MIB)).toBe(true);
});

it('ends in words of storage where bytes cannot be stored, and goes on when it is tried again', async () => {
  vi.stubGlobal('Worker', undefined);
  const { put } = IDBObjectStore.prototype;
  let isBroken = true;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === 'pieces' && isBroken) throw new DOMException('The disk is at fault.', 'UnknownError');
    return put.call(this, value, key);
  });
  const { setTimeout: wait } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, time = 0) => wait(run, time / 50));
  const { now } = Date;
  const begun = now();
  vi.spyOn(Date, 'now').mockImplementation(() => begun + 50 * (now.call(Date) - begun));
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const engine = startEngine();
  const url = fileUrl('size=1M&seed=s');
  const end = ended(engine, 'broken', readEnd);
  await engine.fetch('broken', url);
  const { failureReason, detail, cause } = await end;
  expect({ failureReason, cause }).toEqual({ failureReason: 'fetch-error', cause: 'storage' });
  expect(detail).toBe('The storage of this browser failed: The disk is at fault.');
  expect((await requestsOf(url)).length).toBeLessThanOrEqual(8);
  isBroken = false;
  const again = ended(engine, 'broken', readEnd);
  await engine.fetch('broken', url);
  expect(isWhole((await again).bodies[0], 's', MIB)).toBe(true);
});

/** Closes a page in the middle of a download; gives what it leaves. */
async function leave(scope: string, url: string): Promise<StoredBody> {
  const page = await openPage(scope);
  const registration = await engineOf(page).fetch('left', url);
  await expect.poll(() => registration.downloaded).toBeGreaterThan(3 * MIB);
  page.remove();
  const [fetch] = await listFetches(scope);
  const [record] = await readRecords(fetch!.uid);
  const body = record!.body!;
  expect(await committedSize(body.key)).toBeGreaterThan(MIB);
  return body;
}

async function fileOf({ key }: StoredBody): Promise<FileSystemFileHandle> {
  return (await openFolder()).getFileHandle(key);
}

/** Does it as soon as the worker of the page that was closed has let go. */
async function change(file: FileSystemFileHandle, how: (writable: FileSystemWritableFileStream) => Promise<void>): Promise<void> {
  const changed = async (): Promise<string> => {
    const writable = await file.createWritable({ keepExistingData: true });
    await how(writable);
    await writable.close();
    return 'changed';
  };
  await expect.poll(changed).toBe('changed');
}

it('builds on what a file says of itself, however late the database is', async ({ skip }) => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=6M&seed=s&rate=3M');
  const body = await leave(scope, url);
  if (body.store !== 'opfs') return skip();
  await commitSize({ ...body, size: 0 });
  const { bodies } = await ended(startEngine(scope), 'left', readEnd);
  expect(isWhole(bodies[0], 's', 6 * MIB)).toBe(true);
  const [, asked] = await requestsOf(url);
  expect(Number(/^bytes=(\d+)-$/.exec(asked?.headers.range ?? '')?.[1])).toBeGreaterThan(2 * MIB);
});

it('keeps a file that was whole when its page went, however late the database is', async ({ skip }) => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=6M&seed=s&rate=3M');
  const body = await leave(scope, url);
  if (body.store !== 'opfs') return skip();
  await change(await fileOf(body), async (writable) => {
    const whole = bytesOf('s', 0, 6 * MIB);
    await writable.write({ type: 'write', position: BODY_OFFSET, data: whole });
    await writable.write({ type: 'write', position: 0, data: Float64Array.of(whole.length, whole.length, 0) });
  });
  const kept = await ended(startEngine(scope), 'left', async ({ registration }) => {
    const record = await registration.match(url);
    return isKeepable(record!) && record.keep();
  });
  expect(kept).toEqual({ ...body, size: 6 * MIB });
  expect(await requestsOf(url)).toHaveLength(1);
  await deleteBody(body);
});

// In IndexedDB a piece and what vouches for it are there together or not at all.
it.for([
  ['builds on what was not flushed when the browser was killed', () => Promise.resolve(), (came) => `bytes=${came}-`],
  [
    'fetches again what the system had not written when the power went',
    (file) => file.write({ type: 'write', position: MIB, data: new Uint8Array(4096) }),
    () => undefined,
  ],
  ['fetches again what the browser has taken', (file) => file.truncate(MIB), () => undefined],
  [
    'fetches again what the browser has taken of what was flushed',
    async (file, came) => {
      await file.write({ type: 'write', position: 0, data: Float64Array.of(came, came, 0) });
      await file.truncate(MIB);
    },
    () => undefined,
  ],
] as [string, (writable: FileSystemWritableFileStream, came: number) => Promise<void>, (came: number) => string | undefined][])(
  '%s',
  async ([, lose, range], { skip }) => {
    const scope = crypto.randomUUID();
    const url = fileUrl('size=6M&seed=s&rate=3M');
    const body = await leave(scope, url);
    if (body.store !== 'opfs') return skip();
    const file = await fileOf(body);
    const came = new Uint8Array(await (await file.getFile()).slice(BODY_OFFSET).arrayBuffer());
    await change(file, async (writable) => {
      // However slow the machine: nothing of it was flushed.
      await writable.write({
        type: 'write',
        position: 0,
        data: Float64Array.of(came.length, 0, updateChecksum(came, 0, 0)),
      });
      await lose(writable, came.length);
    });
    const { bodies } = await ended(startEngine(scope), 'left', readEnd);
    expect(isWhole(bodies[0], 's', 6 * MIB)).toBe(true);
    expect((await requestsOf(url)).map(({ headers }) => headers.range)).toEqual([undefined, range(came.length)]);
  },
);

it('waits for files on a busy disk rather than begin anew beside them', async ({ skip }) => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=6M&seed=s&rate=3M');
  if ((await leave(scope, url)).store !== 'opfs') return skip();
  const { Worker: Real } = globalThis;
  vi.stubGlobal('Worker', function (...how: ConstructorParameters<typeof Worker>) {
    const worker = new Real(...how);
    const late = (hear: (event: MessageEvent) => void) =>
      worker.addEventListener('message', (event) => void setTimeout(hear, 7000, event));
    return Object.defineProperty(worker, 'onmessage', { set: late });
  });
  const { bodies } = await ended(startEngine(scope), 'left', readEnd);
  expect(isWhole(bodies[0], 's', 6 * MIB)).toBe(true);
  expect((await requestsOf(url)).map(({ headers }) => headers.range)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]/)]);
});
