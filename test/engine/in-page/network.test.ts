/** No network, before the start, in the middle, and back again; servers that are slow or want to be asked later; and a policy that leaves no network. */
import { afterEach, expect, it, vi } from 'vitest';
import { isBlockedByPolicy } from '../../../src/engine/in-page/http/csp.js';
import { fileUrl, otherOrigin, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';
import { closePages, engineOf, openPage } from './page.js';

function setOnline(online: boolean): void {
  Object.defineProperty(navigator, 'onLine', { value: online, configurable: true });
  dispatchEvent(new Event(online ? 'online' : 'offline'));
}

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'onLine');
  closePages();
});

it("sends no referrer where the page's markup or the request says so, and never the page's query", async () => {
  const engine = startEngine();
  const referrerOf = async (id: string, init: RequestInit = {}, origin?: string): Promise<string | undefined> => {
    const url = fileUrl('size=1k&cors=open', { origin: origin ?? (await otherOrigin()) });
    const end = ended(engine, id, readEnd);
    await engine.fetch(id, new Request(url, init));
    await end;
    return (await requestsOf(url))[0]?.headers.referer;
  };
  const address = location.href;
  history.replaceState(null, '', '?token=1');
  expect(await referrerOf('default')).toBe(`${location.origin}/`);
  expect(await referrerOf('own', {}, location.origin)).toBe(location.href.split('?')[0]);
  expect(await referrerOf('request', { referrerPolicy: 'no-referrer' })).toBeUndefined();
  expect(await referrerOf('unsafe', { referrerPolicy: 'unsafe-url' })).not.toContain('token');
  const meta = Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' });
  document.head.append(meta);
  expect(await referrerOf('page')).toBeUndefined();
  meta.remove();
  history.replaceState(null, '', address);
});

it('waits for the network, says so, and goes on by itself', async () => {
  const engine = startEngine();
  const url = fileUrl('size=1M&seed=s');
  setOnline(false);
  const end = ended(engine, 'offline', readEnd);
  const registration = await engine.fetch('offline', url);
  await expect.poll(() => registration.state).toBe('waiting');
  expect(registration.waitingFor).toBe('network');
  expect(await requestsOf(url)).toEqual([]);
  setOnline(true);
  expect(isWhole((await end).bodies[0], 's', 2 ** 20)).toBe(true);
});

it('waits where the line broke because the network went, and goes on from there', async () => {
  const engine = startEngine();
  const url = fileUrl('size=6M&seed=s&rate=4M&cut=3M&linger=2000&cuts=1');
  const end = ended(engine, 'gone', readEnd);
  const registration = await engine.fetch('gone', url);
  await expect.poll(() => registration.downloaded).toBeGreaterThan(2 ** 20);
  setOnline(false);
  await expect.poll(() => registration.waitingFor).toBe('network');
  expect(await requestsOf(url)).toHaveLength(1);
  setOnline(true);
  expect(isWhole((await end).bodies[0], 's', 6 * 2 ** 20)).toBe(true);
  expect((await requestsOf(url))[1]?.headers.range).toMatch(/^bytes=[123]\d{6}-$/);
});

it('tries now and then though the browser says that there is no network', async () => {
  const engine = startEngine(undefined, { timeout: 1500 });
  const url = fileUrl('size=1M&seed=s');
  setOnline(false);
  const end = ended(engine, 'wrong', readEnd);
  await engine.fetch('wrong', url);
  expect(isWhole((await end).bodies[0], 's', 2 ** 20)).toBe(true);
  expect(navigator.onLine).toBe(false);
  expect(await requestsOf(url)).toHaveLength(1);
});

it('does not give up while the browser says that there is no network', async () => {
  const engine = startEngine(undefined, { timeout: 200 });
  const url = fileUrl('size=1000&seed=s&cut=0&cuts=30');
  setOnline(false);
  const end = ended(engine, 'patient', readEnd);
  await engine.fetch('patient', url);
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
  expect(await requestsOf(url)).toHaveLength(31);
});

it.for(['online', 'visibilitychange'])(
  'does not give up on a server that is away, and tries at once after "%s"',
  async (type) => {
    const engine = startEngine();
    const url = fileUrl('size=1M&seed=s&away=30');
    const end = ended(engine, 'away', readEnd);
    const registration = await engine.fetch('away', url);
    await expect.poll(() => [registration.waitingFor, registration.waitingUntil]).toEqual(['network', expect.any(Number)]);
    const isBack = setInterval(
      () => (type === 'online' ? dispatchEvent(new Event(type)) : document.dispatchEvent(new Event(type))),
      50,
    );
    const { bodies } = await end;
    clearInterval(isBack);
    expect(isWhole(bodies[0], 's', 2 ** 20)).toBe(true);
    expect(await requestsOf(url)).toHaveLength(31);
  },
);

it('takes a server of another origin that was away for a moment for no refusal', async () => {
  const engine = startEngine();
  // Chromium itself repeats a request that was reset.
  const url = fileUrl('size=1M&seed=s&cors=open&away=2', { origin: await otherOrigin() });
  const end = ended(engine, 'back', readEnd);
  await engine.fetch('back', url);
  expect(isWhole((await end).bodies[0], 's', 2 ** 20)).toBe(true);
});

it('takes failures with an answer in between for no refusal', async () => {
  const engine = startEngine();
  const url = fileUrl('size=1000&seed=s&cors=second&status=503&times=5', { origin: await otherOrigin() });
  const end = ended(engine, 'between', readEnd);
  await engine.fetch('between', url);
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
});

it('does not give up on a server that is busy', async () => {
  const engine = startEngine();
  const url = fileUrl('size=1000&seed=s&status=503&retry=600&times=12');
  const end = ended(engine, 'busy', readEnd);
  const registration = await engine.fetch('busy', url);
  const hurrying = setInterval(() => void registration.resume(), 50);
  const { bodies } = await end;
  clearInterval(hurrying);
  expect(isWhole(bodies[0], 's', 1000)).toBe(true);
  expect(await requestsOf(url)).toHaveLength(13);
});

it('tries at once when it is told to go on though the browser says that there is no network', async () => {
  const engine = startEngine();
  setOnline(false);
  const end = ended(engine, 'wrong', readEnd);
  const registration = await engine.fetch('wrong', fileUrl('size=1M&seed=s'));
  await expect.poll(() => registration.waitingFor).toBe('network');
  const asked = performance.now();
  expect(await registration.resume()).toBe(true);
  expect(isWhole((await end).bodies[0], 's', 2 ** 20)).toBe(true);
  expect(performance.now() - asked).toBeLessThan(15_000);
});

it.for([
  ['before the first byte', 'delay=2600'],
  ['in the middle', 'stall=500k&hold=2600'],
])('is patient with a server that is slow each time %s', async ([, slow]) => {
  const engine = startEngine(undefined, { timeout: 1500 });
  const url = fileUrl(`size=3M&seed=s&${slow}`);
  const end = ended(engine, 'slow', readEnd);
  await engine.fetch('slow', url);
  expect(isWhole((await end).bodies[0], 's', 3 * 2 ** 20)).toBe(true);
  expect((await requestsOf(url)).length).toBeLessThanOrEqual(3);
});

it('bears a longer silence after each one that was cut', async () => {
  const engine = startEngine(undefined, { timeout: 600 });
  const url = fileUrl('size=1M&seed=s&delay=4000');
  const end = ended(engine, 'slow', readEnd);
  await engine.fetch('slow', url);
  expect(isWhole((await end).bodies[0], 's', 2 ** 20)).toBe(true);
  expect((await requestsOf(url)).length).toBeLessThanOrEqual(4);
});

it.for(['retry=0', 'retry=date:-5', 'retry=soon'])('never asks sooner than it would by itself: %s', async (retry) => {
  const engine = startEngine();
  const url = fileUrl(`size=1000&seed=s&status=429&${retry}&times=3`);
  const end = ended(engine, 'busy', readEnd);
  await engine.fetch('busy', url);
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
  const times = (await requestsOf(url)).map(({ at }) => at);
  expect(times).toHaveLength(4);
  for (const [i, least] of [500, 1000, 2000].entries()) expect(times[i + 1]! - times[i]!).toBeGreaterThanOrEqual(least);
});

const YEAR = 365 * 24 * 60 * 60 * 1000;

it('ends a wait in time though the clock is put back, and says until when', async () => {
  const engine = startEngine();
  const end = ended(engine, 'back', readEnd);
  const registration = await engine.fetch('back', fileUrl('size=1000&seed=s&status=503&retry=6&times=1'));
  await expect.poll(() => registration.waitingUntil).toBeGreaterThan(0);
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now.call(Date) - YEAR);
  dispatchEvent(new Event('online'));
  await expect.poll(() => registration.waitingUntil ?? Infinity).toBeLessThan(Date.now() + 10_000);
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
});

it('takes a wait for over that is longer than was asked for', async () => {
  const scope = crypto.randomUUID();
  const page = await openPage(scope);
  const registration = await engineOf(page).fetch('back', fileUrl('size=1000&seed=s&status=503&retry=600&times=1'));
  await expect.poll(() => registration.waitingUntil).toBeGreaterThan(0);
  page.remove();
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now.call(Date) - YEAR);
  expect(isWhole((await ended(startEngine(scope), 'back', readEnd)).bodies[0], 's', 1000)).toBe(true);
});

it('goes on at once when it is told to while it waits', async () => {
  const engine = startEngine();
  const url = fileUrl('size=1000&seed=s&status=503&retry=600&times=1');
  const end = ended(engine, 'later', readEnd);
  const registration = await engine.fetch('later', url);
  await expect.poll(() => registration.waitingFor).toBe('retry');
  expect(await registration.resume()).toBe(true);
  expect(isWhole((await end).bodies[0], 's', 1000)).toBe(true);
  expect(await requestsOf(url)).toHaveLength(2);
});

it('can be aborted while it waits', async () => {
  const engine = startEngine();
  setOnline(false);
  const end = ended(engine, 'never', readEnd);
  const registration = await engine.fetch('never', fileUrl());
  await expect.poll(() => registration.state).toBe('waiting');
  const asked = performance.now();
  await registration.abort();
  expect((await end).failureReason).toBe('aborted');
  expect(performance.now() - asked).toBeLessThan(15_000);
});

it('refuses at the call what the policy of the page does not let it fetch', async () => {
  const url = fileUrl('cors=open', { origin: await otherOrigin() });
  const page = await openPage(crypto.randomUUID(), "connect-src 'self'");
  await expect(engineOf(page).fetch('blocked', url)).rejects.toMatchObject({
    name: 'TypeError',
    message: expect.stringContaining(`Content-Security-Policy (connect-src) does not allow "${url}"`) as string,
  });
  expect(await requestsOf(url)).toEqual([]);
});

it('fails with the reason where a policy refuses one path of an origin only', async () => {
  const origin = await otherOrigin();
  const [blocked, allowed] = [fileUrl('cors=open', { origin }), fileUrl('size=10&seed=s&cors=open', { origin })];
  const page = await openPage(crypto.randomUUID(), `connect-src 'self' ${allowed.split('?')[0]}`);
  const end = ended(engineOf(page), 'half', readEnd);
  await engineOf(page).fetch('half', [blocked, allowed]);
  const { failureReason, detail, bodies } = await end;
  expect(failureReason).toBe('fetch-error');
  expect(detail).toContain(`(connect-src) does not allow "${blocked}"`);
  expect(isWhole(bodies[1], 's', 10)).toBe(true);
});

it('takes a rejected request for no policy where the browser reports no violation, as in WebKit during a navigation', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Load failed')));
  expect(await isBlockedByPolicy('https://example.com/file')).toBe(false);
  vi.unstubAllGlobals();
});
