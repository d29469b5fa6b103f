/** What a server does wrong, and what becomes of it: rows S of the field's cases. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { deleteBody } from '../../../src/bytes/index.js';
import type { ControllableRegistration, KeepableRecord } from '../../../src/standard/extras.js';
import { fileUrl, otherOrigin, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';

// Most of it is waiting for the next try.
const it = test.concurrent;

const MIB = 1024 * 1024;
const SIZE = 3 * MIB;
/** A file that is cut in its middle once, when what came before has been read. */
const CUT = 'size=3M&seed=s&cut=2M&linger=2000&cuts=1';

/** Fetches one file; gives its end and what the server was asked. */
async function run(url: string, options: Parameters<typeof startEngine>[1] = {}) {
  const engine = startEngine(undefined, options);
  const end = ended(engine, 'file', readEnd);
  await engine.fetch('file', url);
  const { type, failureReason, bodies, downloaded, detail } = await end;
  const asked = await requestsOf(url);
  const ranges = asked.map(({ headers }) => headers.range);
  return { type, failureReason, body: bodies[0], downloaded, detail, asked, ranges };
}

it('starts again from 0 where the server knows no ranges', async ({ expect }) => {
  const url = fileUrl(`${CUT}&ranges=off`);
  const { body, ranges } = await run(url);
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d{6,}-$/)]);
  await expect.poll(async () => (await requestsOf(url))[1]?.sent).toEqual({ status: 200, bytes: SIZE });
});

it.for(['unnamed', 'early', 'late', 'star', 'other-length', 'refused', 'missing'])(
  'throws the part away and asks once more for the whole when a range comes back wrong: %s',
  async (ranges) => {
    const run1 = await run(fileUrl(`${CUT}&ranges=${ranges}`));
    expect(isWhole(run1.body, 's', SIZE)).toBe(true);
    expect(run1.ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d{6,}-$/), undefined]);
  },
);

it('starts again as long as it moves where every node of a CDN has an ETag of its own', async () => {
  const { body, asked } = await run(fileUrl(`${CUT.replace('cuts=1', 'cuts=4')}&etag=node`));
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(asked.length).toBeGreaterThanOrEqual(5);
});

it('goes on range by range where the server sends less than it was asked for', async () => {
  const { body, asked } = await run(fileUrl(`${CUT}&ranges=short`));
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(asked.length).toBeGreaterThan(3);
});

it.for(['', '&ifrange=ignored'])('never mixes two versions of a file (%s)', async (ifRange) => {
  const url = fileUrl(`${CUT}&etag=changing${ifRange}`, { name: 's' });
  const { body, asked } = await run(url);
  expect(isWhole(body, `s#${asked.length}`, SIZE)).toBe(true);
  expect(asked[1]?.headers['if-range']).toMatch(/^"/);
});

it('does not trust a weak validator, nor none, with a part', async () => {
  for (const faults of ['etag=weak&modified=none', 'etag=none&modified=none']) {
    const { body, ranges } = await run(fileUrl(`${CUT}&${faults}`));
    expect(isWhole(body, 's', SIZE)).toBe(true);
    expect(ranges).toEqual([undefined, undefined]);
  }
});

it.for(['etag=weak', 'header=etag:unquoted'])(
  'resumes by a strong Last-Modified, without a condition, beside %s',
  async (faults) => {
    const { body, asked } = await run(fileUrl(`${CUT}&${faults}`));
    expect(isWhole(body, 's', SIZE)).toBe(true);
    expect(asked[1]?.headers.range).toMatch(/^bytes=\d{6,}-$/);
    expect(asked[1]?.headers['if-range']).toBeUndefined();
  },
);

it('resumes by Last-Modified where that is all there is, and old enough to be strong', async ({ expect }) => {
  const url = fileUrl(`${CUT}&etag=none`);
  const { body, asked } = await run(url);
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(asked[1]?.headers['if-range']).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  await expect.poll(async () => (await requestsOf(url))[1]?.sent?.status).toBe(206);
});

it('counts what it stores, not what is on the wire, when the body is packed', async () => {
  const { body, downloaded } = await run(fileUrl('size=2M&seed=s&gzip=on'));
  expect(isWhole(body, 's', 2 * MIB)).toBe(true);
  expect(downloaded).toBe(2 * MIB);
});

it('starts a packed body again when it was cut', async () => {
  const { body, ranges } = await run(fileUrl(`${CUT}&gzip=on`));
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(ranges).toEqual([undefined, undefined]);
});

it('starts each of many packed bodies again when all were cut at the same time', async () => {
  const engine = startEngine(undefined, { parallel: 6 });
  const end = ended(engine, 'many', readEnd);
  await engine.fetch(
    'many',
    Array.from({ length: 6 }, () => fileUrl(`${CUT}&gzip=on`)),
  );
  const { bodies } = await end;
  expect(bodies.map((body) => isWhole(body, 's', SIZE))).toEqual(Array(6).fill(true));
});

it('needs no length', async () => {
  const engine = startEngine();
  const end = ended(engine, 'unknown', readEnd);
  const registration = await engine.fetch('unknown', fileUrl('size=1M&seed=s&length=none'));
  const { bodies } = await end;
  expect(isWhole(bodies[0], 's', MIB)).toBe(true);
  expect(registration.files[0]).toMatchObject({ downloaded: MIB, downloadTotal: 0, state: 'done', status: 200 });
});

it('takes a file of no bytes for a success, which can be kept', async () => {
  const engine = startEngine();
  const end = ended(engine, 'none', async (event) => {
    const [record] = await event.registration.matchAll();
    return { ...(await readEnd(event)), kept: await (record as KeepableRecord).keep() };
  });
  await engine.fetch('none', fileUrl('size=0'));
  const { type, bodies, kept } = await end;
  expect(type).toBe('backgroundfetchsuccess');
  expect(bodies).toEqual([new Uint8Array()]);
  expect(kept.size).toBe(0);
  await deleteBody(kept);
});

// Alone, for what it hears of the console.
test('downloads from another origin, resumes there only when it can see what it gets, and says what it does not see', async () => {
  const origin = await otherOrigin();
  const said = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const open = await run(fileUrl(`${CUT}&cors=open`, { origin }));
  expect(isWhole(open.body, 's', SIZE)).toBe(true);
  // The first bytes are compared before the rest is asked for.
  expect(open.ranges).toEqual([undefined, 'bytes=0-63', expect.stringMatching(/^bytes=\d{6,}-$/)]);
  expect(open.asked.map(({ headers }) => headers['if-range'])).toEqual([undefined, undefined, undefined]);
  expect(said).not.toHaveBeenCalled();
  const plain = await run(fileUrl(`${CUT}&cors=plain`, { origin }));
  expect(isWhole(plain.body, 's', SIZE)).toBe(true);
  expect(plain.ranges).toEqual([undefined, undefined]);
  expect(said.mock.calls).toEqual([[expect.stringContaining(`${origin} shows this page no ETag of`)]]);
  said.mockRestore();
});

it('says at once what is missing where another origin does not let the page read', async () => {
  const { failureReason, detail } = await run(fileUrl('', { origin: await otherOrigin() }));
  expect(failureReason).toBe('fetch-error');
  expect(detail).toContain(`Access-Control-Allow-Origin: ${location.origin}`);
});

it('fails at once when a preflight is refused', async () => {
  const engine = startEngine();
  const url = fileUrl('cors=no-preflight', { origin: await otherOrigin() });
  const end = ended(engine, 'preflight', readEnd);
  await engine.fetch('preflight', new Request(url, { headers: { 'x-special': '1' } }));
  expect((await end).failureReason).toBe('fetch-error');
});

it.for([408, 425, 429, 502, 503, 504])('requests the file again after a status %i', async (status, { expect }) => {
  const { type, body, asked } = await run(fileUrl(`size=1000&seed=s&status=${status}&times=1`));
  expect(type).toBe('backgroundfetchsuccess');
  expect(isWhole(body, 's', 1000)).toBe(true);
  expect(asked).toHaveLength(2);
});

it.for(['retry=2', 'retry=date:3'])('waits as long as the server says, and says until when: %s', async (retry, { expect }) => {
  const engine = startEngine();
  const url = fileUrl(`size=1000&seed=s&status=503&${retry}&times=1`);
  const end = ended(engine, 'later', readEnd);
  const registration = await engine.fetch('later', url);
  await expect.poll(() => registration.state).toBe('waiting');
  expect(registration.waitingFor).toBe('retry');
  const until = registration.waitingUntil ?? 0;
  expect(until).toBeGreaterThan(Date.now());
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
  const [first, second] = await requestsOf(url);
  expect(second!.at).toBeGreaterThanOrEqual(until - 5);
  expect(second!.at - first!.at).toBeGreaterThan(1500);
});

it.for([401, 403, 500])('fails at once with bad-status for a %s', async (status) => {
  const { type, failureReason, asked, body } = await run(fileUrl(`status=${status}`));
  expect({ type, failureReason }).toEqual({ type: 'backgroundfetchfail', failureReason: 'bad-status' });
  expect(asked).toHaveLength(1);
  expect(body).toEqual(new Uint8Array());
});

it('keeps the files that came when one of them is missing', async () => {
  const engine = startEngine();
  const end = ended(engine, 'three', readEnd);
  const urls = [fileUrl('size=1M&seed=a'), fileUrl('status=404'), fileUrl('size=2M&seed=c')];
  const registration = await engine.fetch('three', urls);
  const { type, failureReason, bodies } = await end;
  expect({ type, failureReason }).toEqual({ type: 'backgroundfetchfail', failureReason: 'bad-status' });
  expect(isWhole(bodies[0], 'a', MIB)).toBe(true);
  expect(isWhole(bodies[2], 'c', 2 * MIB)).toBe(true);
  expect(registration.files.map(({ state, status }) => [state, status])).toEqual([
    ['done', 200],
    ['failed', 404],
    ['done', 200],
  ]);
});

it('goes on after a reset', async () => {
  const { body, ranges } = await run(fileUrl(CUT.replace('cut=', 'reset=')));
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(ranges[1]).toMatch(/^bytes=\d{6,}-$/);
});

it('says that nothing comes, and makes a line anew that stays silent', async ({ expect }) => {
  const engine = startEngine(undefined, { timeout: 3000 });
  const url = fileUrl('size=3M&seed=s&rate=12M&stall=2M&cuts=1');
  const end = ended(engine, 'silent', readEnd);
  const registration: ControllableRegistration = await engine.fetch('silent', url);
  await expect.poll(() => registration.state, { timeout: 20_000 }).toBe('stalled');
  const { bodies } = await end;
  expect(isWhole(bodies[0], 's', SIZE)).toBe(true);
  expect((await requestsOf(url))[1]?.headers.range).toMatch(/^bytes=[12]\d{6}-$/);
});

it('calls no body a success that is shorter than announced', async () => {
  const { type, body } = await run(fileUrl('size=1M&seed=s&length=more&times=1'));
  expect(type).toBe('backgroundfetchsuccess');
  expect(isWhole(body, 's', MIB)).toBe(true);
});

// Alone, for what it puts in others' place.
test('takes no body for whole that is shorter than announced, where the browser does', async () => {
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
  vi.stubGlobal('Worker', undefined);
  const url = fileUrl(`size=${MIB}&seed=s`);
  const { fetch } = globalThis;
  let lies = 1;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    if (request[0] !== url || --lies < 0) return fetch(...request);
    return new Response(new Uint8Array(MIB - 1000), { headers: { 'content-length': String(MIB) } });
  });
  const { detail, body } = await run(url);
  expect(detail).toBe('');
  expect(isWhole(body, 's', MIB)).toBe(true);
});

it.for([
  'length=both',
  'length=both-less',
  'length=both-more',
  'gzip=unpacked',
  'gzip=on',
  'gzip=chunked',
  'gzip=rest',
  'length=none',
])('takes what a browser takes for whole, whatever length was announced: %s', async (fault) => {
  for (const more of ['', '&ranges=off']) {
    const { body, detail } = await run(fileUrl(`size=300k&seed=words&${fault}${more}`));
    expect(detail).toBe('');
    expect(isWhole(body, 'words', 300 * 1024)).toBe(true);
  }
});

it.for(['gzip=on', 'gzip=rest'])('takes a whole packed body of another origin, which hides its coding: %s', async (fault) => {
  const origin = await otherOrigin();
  for (const more of ['', '&ranges=off']) {
    const { body, detail } = await run(fileUrl(`size=300k&seed=words&cors=plain&${fault}${more}`, { origin }));
    expect(detail).toBe('');
    expect(isWhole(body, 'words', 300 * 1024)).toBe(true);
  }
});

const HIDDEN = 'cors=open&header=access-control-expose-headers:ETag, Content-Range, Accept-Ranges';
it.for([
  'gzip=on',
  'gzip=rest',
  'gzip=unpacked',
  'gzip=chunked',
  'length=none',
  'length=none&ranges=short',
  'length=both',
  'header=content-encoding:aws-chunked',
  'header=content-encoding:UTF-8&length=none',
])('never takes a body for whole that was cut: %s', async (fault) => {
  const origin = await otherOrigin();
  const of = (more: string) => `size=600k&seed=words&cut=50k&linger=300&cuts=1&${fault}${more}`;
  const urls = [fileUrl(of('')), fileUrl(of(`&${HIDDEN}`), { origin }), fileUrl(of('&cors=plain'), { origin })];
  for (const { body, detail } of await Promise.all(urls.map((url) => run(url)))) {
    expect(detail).toBe('');
    expect(isWhole(body, 'words', 600 * 1024)).toBe(true);
  }
});

it.for([
  ['status=204', '204'],
  ['status=205', '205'],
  ['status=202', '202'],
  ['unasked=part', 'only a part'],
  ['unasked=star', 'only a part'],
  ['unasked=unnamed', 'only a part'],
  ['html=on', 'web page'],
] as const)('ends with bad-status, in words, where there is no file: %s', async ([fault, words]) => {
  const { failureReason, detail, asked } = await run(fileUrl(fault));
  expect(failureReason).toBe('bad-status');
  expect(detail).toContain(words);
  expect(asked).toHaveLength(1);
});

it('takes the whole as a part that nobody asked for', async () => {
  const { body } = await run(fileUrl('size=1000&seed=s&unasked=whole'));
  expect(isWhole(body, 's', 1000)).toBe(true);
});

it('asks the first address again where a redirect led to one that holds for a moment', async () => {
  const { body, asked } = await run(fileUrl(`${CUT}&redirect=signed:1`));
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(asked.filter(({ url }) => url.includes('redirect=')).length).toBe(2);
});

it('asks the page for another address when the first has expired, and adds to what came', async () => {
  const first = fileUrl(`${CUT}&signed-for=1`);
  const wanted: [string, string][] = [];
  const { body, asked } = await run(first, {
    refresh: ({ url }, id) => {
      wanted.push([url, id]);
      return url.replace('signed-for=1', 'signed-for=9');
    },
  });
  expect(isWhole(body, 's', SIZE)).toBe(true);
  expect(wanted).toEqual([[first, 'file']]);
  const [, refused, renewed] = asked;
  expect(refused?.sent?.status).toBe(403);
  expect(renewed?.url).toContain('signed-for=9');
  expect(renewed?.headers.range).toBe(refused?.headers.range);
});

it.for([
  ['knows none', () => undefined],
  ['gives one that is refused too', ({ url }: Request) => `${url}&again`],
  ['gives what is no address', () => 'http://'],
  ['gives what no page may fetch', () => 'data:text/plain,no'],
  ['gives a number', () => 7 as unknown as string],
  ['throws', () => Promise.reject(new Error('The key is lost.'))],
] as const)('ends with bad-status when an address has expired and the page %s', async ([, refresh]) => {
  vi.spyOn(globalThis, 'reportError').mockReturnValue(undefined);
  const { type, failureReason } = await run(fileUrl('status=403'), { refresh });
  expect({ type, failureReason }).toEqual({ type: 'backgroundfetchfail', failureReason: 'bad-status' });
});

it('ends at once when more comes than the download total', async () => {
  const engine = startEngine();
  const end = ended(engine, 'much', readEnd);
  await engine.fetch('much', [fileUrl('size=4M&rate=8M'), fileUrl('size=100M&rate=1M')], { downloadTotal: 2 * MIB });
  const { type, failureReason } = await end;
  expect({ type, failureReason }).toEqual({ type: 'backgroundfetchfail', failureReason: 'download-total-exceeded' });
});

it('ends every file when more comes than the download total, whatever still comes of the others', async () => {
  const engine = startEngine();
  const end = ended(engine, 'many', readEnd);
  const urls = Array.from({ length: 6 }, (_none, i) => fileUrl(`size=100M&rate=4M&place=${i}`));
  await engine.fetch('many', urls, { downloadTotal: 2 * MIB });
  const names = (await end).bodies.map((body) => (body as Error).name);
  expect(names.toSorted()).toEqual([...Array<string>(5).fill('AbortError'), 'TypeError']);
});
