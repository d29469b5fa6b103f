/** Bytes at rest: where they go, what becomes of those that nobody speaks of, and pages that may not start a worker. */
import { afterEach, expect, it, vi } from 'vitest';
import { inPageReader } from '../../src/engine/in-page/worker.js';
import { addPiece } from '../../src/bytes/bodies.js';
import { bodyExists, deleteBody, listBodies, readBody } from '../../src/bytes/index.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';
import { openPage, closePages, engineOf } from './page.js';

afterEach(() => {
  vi.unstubAllGlobals();
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

it('stores in IndexedDB where no worker may be started', async () => {
  vi.stubGlobal('Worker', function () {
    throw new DOMException('Refused to create a worker from a blob: URL.', 'SecurityError');
  });
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s&rate=12M&cut=3M&cuts=1');
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

it('works in one page where there are no Web Locks and no BroadcastChannel', async () => {
  vi.stubGlobal('BroadcastChannel', undefined);
  const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')!;
  Reflect.deleteProperty(Navigator.prototype, 'locks');
  try {
    const engine = startEngine();
    const end = ended(engine, 'alone', readEnd);
    await engine.fetch('alone', fileUrl('size=2M&seed=s'));
    expect(isWhole((await end).bodies[0], 's', 2 ** 21)).toBe(true);
  } finally {
    Object.defineProperty(Navigator.prototype, 'locks', locks);
  }
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
  const slow = 'size=2M&seed=s&rate=2M';
  const order: string[] = [];
  const ends = ['first', 'second', 'third'].map((id) => ended(engine, id, () => Promise.resolve(order.push(id))));
  await engine.fetch('first', fileUrl(slow));
  const second = await engine.fetch('second', fileUrl(slow));
  const third = await engine.fetch('third', fileUrl('size=10'));
  await expect.poll(() => third.state).toBe('queued');
  expect(second.waitingFor).toBe('turn');
  await third.resume();
  await Promise.all(ends);
  expect(order).toEqual(['third', 'first', 'second']);
});
