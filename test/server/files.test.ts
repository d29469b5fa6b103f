/** The faults are real: what the other tests rely on, seen from a page. */
import { expect, it, vi } from 'vitest';
import { areBytesOf, bytesOf } from './content.js';
import { fileUrl, otherOrigin, requestsOf } from '../setup/server.js';

const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const sizeOf = async (response: Response) => (await bodyOf(response)).length;
const range = (start: number, end: number, more = {}) => ({
  cache: 'no-store' as const,
  headers: { range: `bytes=${start}-${end}`, ...more },
});

it('sends the bytes of its seed, whole and by range', async () => {
  const url = fileUrl('size=300000&seed=s');
  const whole = await fetch(url);
  expect(whole.headers.get('content-length')).toBe('300000');
  expect(areBytesOf('s', 0, await bodyOf(whole))).toBe(true);
  const part = await fetch(url, range(4097, 8000));
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 4097-8000/300000');
  expect(await bodyOf(part)).toEqual(bytesOf('s', 4097, 8001));
});

it('knows other bytes past 4 GiB', () => {
  const far = 2 ** 34 + 3;
  expect(bytesOf('s', far, far + 8)).not.toEqual(bytesOf('s', 3, 11));
  expect(bytesOf('s', far + 2, far + 8)).toEqual(bytesOf('s', far, far + 8).subarray(2));
});

it('keeps If-Range, unless asked to ignore it', async () => {
  const stale = range(10, 19, { 'if-range': '"another"' });
  expect((await fetch(fileUrl(), stale)).status).toBe(200);
  expect((await fetch(fileUrl('ifrange=ignored'), stale)).status).toBe(206);
  const url = fileUrl();
  const etag = (await fetch(url, { method: 'HEAD' })).headers.get('etag') ?? '';
  expect((await fetch(url, range(10, 19, { 'if-range': etag }))).status).toBe(206);
});

it('gives ranges wrong in each way asked', async () => {
  const answer = async (faults: string) => {
    const response = await fetch(fileUrl(`size=10000&${faults}`), range(5000, 5999));
    return [response.status, response.headers.get('content-range')];
  };
  expect(await answer('ranges=off')).toEqual([200, null]);
  expect(await answer('ranges=refused')).toEqual([416, null]);
  expect(await answer('ranges=missing')).toEqual([404, null]);
  expect(await answer('ranges=unnamed')).toEqual([206, null]);
  expect(await answer('ranges=early')).toEqual([206, 'bytes 4900-5999/10000']);
  expect(await answer('ranges=late')).toEqual([206, 'bytes 5100-5999/10000']);
  expect(await answer('ranges=short')).toEqual([206, 'bytes 5000-5499/10000']);
  expect(await answer('ranges=star')).toEqual([206, 'bytes 5000-5999/*']);
});

it.for(['cut=500k', 'reset=500k'])('breaks off with %s, as often as asked', async (fault) => {
  const url = fileUrl(`size=1M&times=1&${fault}`);
  await expect(fetch(url).then(sizeOf)).rejects.toThrow();
  expect(await sizeOf(await fetch(url, { cache: 'reload' }))).toBe(1024 * 1024);
});

it('is away as often as asked', async () => {
  const url = fileUrl('size=1000&away=20');
  // Browsers themselves repeat a request whose connection was reset.
  await vi.waitFor(async () => expect(await sizeOf(await fetch(url, { cache: 'reload' }))).toBe(1000), {
    timeout: 30_000,
    interval: 10,
  });
  expect(await requestsOf(url)).toHaveLength(21);
});

it.for(['length=more', 'length=less'])('announces another length: %s', async (fault) => {
  const response = await fetch(fileUrl(`size=1M&${fault}`));
  const announced = Number(response.headers.get('content-length'));
  expect(announced).not.toBe(1024 * 1024);
  // WebKitGTK takes a body for whole that ends early; the others reject.
  const got = await sizeOf(response).catch(() => 'rejected');
  if (fault === 'length=more') expect(got).not.toBe(announced);
});

it('stalls and keeps the connection', async () => {
  const reader = (await fetch(fileUrl('size=1M&stall=1000'))).body!.getReader();
  expect((await reader.read()).value?.length).toBe(1000);
  const silence = new Promise((resolve) => setTimeout(resolve, 300, 'silence'));
  expect(await Promise.race([reader.read(), silence])).toBe('silence');
  await reader.cancel();
});

it('holds its pace', async () => {
  const started = performance.now();
  await bodyOf(await fetch(fileUrl('size=100k&rate=200k')));
  expect(performance.now() - started).toBeGreaterThan(400);
});

it('answers with a status, a Retry-After and then well', async () => {
  const url = fileUrl('status=503&retry=7&times=1');
  const first = await fetch(url);
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7']);
  expect((await fetch(url)).status).toBe(200);
  expect((await requestsOf(url)).map(({ sent }) => sent?.status)).toEqual([503, 200]);
});

it('packs, counts nothing, redirects, and changes from one request to the next', async () => {
  const packed = await fetch(fileUrl('size=100k&seed=s&gzip=on'));
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(areBytesOf('s', 0, await bodyOf(packed))).toBe(true);
  expect((await fetch(fileUrl('length=none'))).headers.get('content-length')).toBeNull();
  const moved = await fetch(fileUrl('redirect=2'));
  expect([moved.redirected, moved.status]).toEqual([true, 200]);
  expect((await fetch(fileUrl('redirect=signed:0'))).status).toBe(403);
  const url = fileUrl('etag=changing');
  const tags = [await fetch(url), await fetch(url, { cache: 'reload' })].map(({ headers }) => headers.get('etag'));
  expect(tags[0]).not.toBe(tags[1]);
});

it('packs as asked, at rest too', async () => {
  const headersOf = async (faults: string) => (await fetch(fileUrl(`size=100k&seed=words&${faults}`))).headers;
  const packedSize = Number((await headersOf('gzip=on')).get('content-length'));
  expect(packedSize).toBeLessThan(50_000);
  expect((await headersOf('gzip=chunked')).get('content-length')).toBeNull();
  expect((await headersOf('gzip=unpacked')).get('content-length')).toBe('102400');
  const range0to9 = async (faults: string) => {
    const url = fileUrl(`size=100k&seed=words&${faults}`);
    // Chromium rejects a part that it cannot unpack.
    const answer = await fetch(url, range(0, 9)).catch(() => undefined);
    return [(await requestsOf(url))[0]?.sent?.status, answer?.headers.get('content-range')];
  };
  expect(await range0to9('gzip=on')).toEqual([206, 'bytes 0-9/102400']);
  expect([`bytes 0-9/${packedSize}`, undefined]).toContain((await range0to9('gzip=rest'))[1]);
  expect((await range0to9('gzip=rest'))[0]).toBe(206);
});

it('sends headers as asked, and parts that nobody asked for', async () => {
  const headersOf = async (faults: string) => (await fetch(fileUrl(`size=1000&${faults}`))).headers;
  expect((await headersOf('header=etag:abc&header=accept-ranges:')).get('etag')).toBe('abc');
  expect((await headersOf('header=accept-ranges:')).get('accept-ranges')).toBeNull();
  const part = await fetch(fileUrl('size=1000&unasked=part'));
  expect([part.status, part.headers.get('content-range'), await sizeOf(part)]).toEqual([206, 'bytes 0-499/1000', 500]);
  expect((await fetch(fileUrl('size=1000&unasked=star'))).headers.get('content-range')).toBe('bytes 0-999/*');
  expect(await sizeOf(await fetch(fileUrl('size=1000&length=both')))).toBe(1000);
  const url = fileUrl('size=1000&etag=node&seed=s');
  const both = [await fetch(url), await fetch(url, { cache: 'reload' })];
  expect(both[0]!.headers.get('etag')).not.toBe(both[1]!.headers.get('etag'));
  expect(await bodyOf(both[0]!)).toEqual(await bodyOf(both[1]!));
});

it('is another origin, with CORS as asked', async () => {
  const origin = await otherOrigin();
  await expect(fetch(fileUrl('', { origin }))).rejects.toThrow(TypeError);
  expect((await fetch(fileUrl('cors=plain', { origin }))).headers.get('etag')).toBeNull();
  expect((await fetch(fileUrl('cors=open', { origin }))).headers.get('etag')).not.toBeNull();
  const unsafe = { headers: { 'x-own': '1' } };
  expect((await fetch(fileUrl('cors=open', { origin }), unsafe)).ok).toBe(true);
  await expect(fetch(fileUrl('cors=no-preflight', { origin }), unsafe)).rejects.toThrow(TypeError);
});

it('refuses a fault it does not know', async () => {
  expect((await fetch(fileUrl('ranges=sideways'))).status).toBe(400);
});
