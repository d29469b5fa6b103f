/** One fetch from start to end against a real server, with the server's faults. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readChunks } from '../../../src/engine/in-page/transport/chunk-reader.js';
import { readInRanges } from '../../../src/engine/in-page/transport/range-reader.js';
import { fileUrl, otherOrigin, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';

const MIB = 1024 * 1024;

it('brings a file to rest and ends in success with its very bytes', async () => {
  const engine = startEngine();
  const url = fileUrl('size=5M&seed=s');
  const end = ended(engine, 'whole', readEnd);
  const registration = await engine.fetch('whole', url, { downloadTotal: 5 * MIB });
  const sizes: number[] = [];
  registration.addEventListener('progress', () => sizes.push(registration.downloaded));
  const { type, bodies, downloaded } = await end;
  expect(type).toBe('backgroundfetchsuccess');
  expect(downloaded).toBe(5 * MIB);
  expect(isWhole(bodies[0], 's', 5 * MIB)).toBe(true);
  expect(sizes.at(-1)).toBe(5 * MIB);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
});

it('goes on where the line was cut', async () => {
  const engine = startEngine();
  const url = fileUrl('size=4M&seed=s&cut=2500000&linger=2000&times=1');
  const end = ended(engine, 'cut', readEnd);
  await engine.fetch('cut', url);
  const { type, bodies } = await end;
  expect(type).toBe('backgroundfetchsuccess');
  expect(isWhole(bodies[0], 's', 4 * MIB)).toBe(true);
  const [first, second, ...more] = await requestsOf(url);
  expect(more).toEqual([]);
  expect(first?.headers.range).toBeUndefined();
  expect(second?.headers.range).toMatch(/^bytes=[12]\d{6}-$/);
  expect(second?.headers['if-range']).toBe(`"s-${4 * MIB}"`);
  await expect.poll(async () => (await requestsOf(url))[1]?.sent?.status).toBe(206);
});

it('keeps all that came before each of many cuts', async () => {
  const engine = startEngine();
  // WebKit gives a page nothing of what came in the moment before.
  const url = fileUrl('size=3M&seed=s&cut=600k&linger=300');
  const end = ended(engine, 'cuts', readEnd);
  await engine.fetch('cuts', url);
  expect(isWhole((await end).bodies[0], 's', 3 * MIB)).toBe(true);
  const ranges = (await requestsOf(url)).map(({ headers }) => headers.range);
  expect(ranges).toEqual([undefined, ...[1, 2, 3, 4, 5].map((cuts) => `bytes=${cuts * 600 * 1024}-`)]);
});

describe('what comes fast', { timeout: 120_000 }, () => {
  const SIZE = 100 * MIB;
  /** Enough to be asked for in ranges. */
  const LESS = 60 * MIB;

  /** Fast, and slow enough that it is not there as a whole before it can be asked for in ranges. */
  const FAST = 'rate=16M&rates=1';

  /** Fetches it; gives its body and the ranges that were asked for. */
  async function run(faults: string, size = SIZE) {
    const engine = startEngine();
    const url = fileUrl(`size=${size}&seed=s&${faults}`, { name: 's' });
    const end = ended(engine, 'fast', readEnd);
    await engine.fetch('fast', url);
    const { bodies, detail } = await end;
    const asked = await requestsOf(url);
    return { url, body: bodies[0], detail, asked, ranges: asked.map(({ headers }) => headers.range ?? 'all') };
  }

  /** A clock that goes slowly: what comes slowly to a busy machine counts as fast. */
  const SLOW_CLOCK = `
    const now = performance.now.bind(performance);
    performance.now = () => now() / 20;`;

  const PLAIN_STREAMS = `
    const { getReader } = ReadableStream.prototype;
    ReadableStream.prototype.getReader = function (mode) {
      if (mode) throw new TypeError('No byte stream.');
      return getReader.call(this);
    };`;

  /** Workers that run this code before their script. */
  const workersAfter = (...code: string[]) =>
    class extends Worker {
      constructor(address: string) {
        super(URL.createObjectURL(new Blob([...code, `importScripts(${JSON.stringify(address)});`])));
      }
    };
  const ByteWorker = workersAfter(SLOW_CLOCK);
  const PlainWorker = workersAfter(SLOW_CLOCK, PLAIN_STREAMS);

  beforeEach(() => {
    vi.stubGlobal('Worker', ByteWorker);
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() / 20);
  });

  const SOME = /^bytes=\d+-\d+$/;
  const REST = /^bytes=\d+-$/;

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  // Not every browser's responses are byte streams, and not every page may start a worker.
  it.each([
    ['a byte stream', ByteWorker],
    ['a plain stream', PlainWorker],
    ['a page', undefined],
  ])('is asked for in ranges, so that no more of it piles up in %s', async (_where, worker) => {
    vi.stubGlobal('Worker', worker);
    // The first response pauses, so that it is not whole before it is cancelled.
    const { url, body, asked, ranges } = await run(`${FAST}&stall=60M&hold=20000&cuts=1`);
    expect(isWhole(body, 's', SIZE)).toBe(true);
    const [whole, proof, ...parts] = ranges.map((range) => /^bytes=(\d+)-(\d+)$/.exec(range)?.slice(1).map(Number));
    expect(whole).toBeUndefined();
    expect(proof![1]! - proof![0]!).toBeLessThan(65_536);
    expect(parts.length).toBeGreaterThan(1);
    for (const [i, [first, last] = []] of parts.entries()) expect(parts[i + 1]?.[0] ?? SIZE, `${first}`).toBe(last! + 1);
    await expect.poll(async () => (await requestsOf(url))[0]?.sent?.bytes).toBeLessThan(SIZE);
    expect(new Set(asked.slice(1).map(({ headers }) => headers['if-range']))).toEqual(new Set([`"s-${SIZE}"`]));
  });

  it('is asked for in ranges where it is written more slowly than it comes', async () => {
    const url = fileUrl('size=400M&rate=20M');
    const control = new AbortController();
    const init = { signal: control.signal };
    let asked: unknown[] = [];
    let [written, unwritten] = [0, 0];
    const response = await fetch(url, init);
    const running = { url, init, response, chunks: readChunks(response.body) };
    for await (const { byteLength } of readInRanges(running, 0, 400 * MIB)) {
      unwritten += byteLength;
      if (unwritten < 4 * MIB) continue;
      await new Promise((resolve) => setTimeout(resolve, unwritten / 8000));
      [written, unwritten] = [written + unwritten, 0];
      asked = (await requestsOf(url)).map(({ headers }) => headers.range);
      if (asked.length > 2 || written > 320 * MIB) break;
    }
    // Else the rest would go on coming beside the next tests.
    control.abort();
    expect(asked).toEqual([undefined, expect.stringMatching(SOME), expect.stringMatching(SOME)]);
  });

  it('comes in one piece from a server that does not say that it gives ranges', async () => {
    const { body, ranges } = await run('ranges=off', LESS);
    expect(isWhole(body, 's', LESS)).toBe(true);
    expect(ranges).toEqual(['all']);
  });

  it('goes on where a range was cut', async () => {
    const { body, ranges } = await run(`${FAST}&cut=4M&after=2&times=1`);
    expect(isWhole(body, 's', SIZE)).toBe(true);
    const some: unknown = expect.stringMatching(SOME);
    expect(ranges.slice(0, 4)).toEqual(['all', some, some, expect.stringMatching(REST)]);
  });

  it.for([
    ['whose ranges are wrong', 'ranges=early', 's'],
    ['whose ranges have other bytes than they say', 'ranges=shifted', 's'],
    ['whose file has changed', 'etag=changing&ifrange=ignored', 's#1'],
    ['whose address was good for one request', 'status=401&after=1', 's'],
    ['that has no more for now', 'status=429&after=1', 's'],
    ['that knows the address no more', 'status=410&after=1', 's'],
  ] as const)('comes to its end in one piece from a server %s', async ([, faults, version]) => {
    const { body, ranges } = await run(`${FAST}&${faults}`, LESS);
    expect(isWhole(body, version, LESS)).toBe(true);
    expect(ranges).toEqual(['all', expect.stringMatching(SOME)]);
  });
});

it('sends no credentials of the first address to another origin, unless the page gives a request', async () => {
  const origin = await otherOrigin();
  const seen: unknown[] = [];
  for (const give of [(url: string) => url, (url: string) => new Request(url, { headers: { 'x-key': 'new' } })]) {
    const next = fileUrl('size=1000&seed=s&cors=open', { origin });
    const engine = startEngine(undefined, { refresh: () => give(next) });
    const end = ended(engine, 'moved', readEnd);
    const headers = { authorization: 'Bearer secret', 'x-key': 'old', accept: 'text/plain' };
    await engine.fetch('moved', new Request(fileUrl('status=403'), { headers }));
    expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
    const sent = (await requestsOf(next)).find(({ method }) => method === 'GET')?.headers;
    seen.push([sent?.authorization, sent?.['x-key'], sent?.accept]);
  }
  expect(seen).toEqual([
    [undefined, undefined, 'text/plain'],
    [undefined, 'new', '*/*'],
  ]);
});

it('fails at once with bad-status for a 404', async () => {
  const engine = startEngine();
  const end = ended(engine, 'missing', readEnd);
  await engine.fetch('missing', fileUrl('status=404'));
  const { type, failureReason } = await end;
  expect(type).toBe('backgroundfetchfail');
  expect(failureReason).toBe('bad-status');
});

it('brings a hundred files of one download to rest, a few at a time', async () => {
  const engine = startEngine();
  const urls = Array.from({ length: 100 }, (_none, i) => fileUrl(`size=${1000 + i}&seed=${i}`));
  const end = ended(engine, 'many', readEnd);
  await engine.fetch('many', urls);
  const { type, bodies } = await end;
  expect(type).toBe('backgroundfetchsuccess');
  expect(bodies.filter((body, i) => isWhole(body, String(i), 1000 + i))).toHaveLength(100);
});
