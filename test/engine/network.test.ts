/** No network: before the start, in the middle, and back again; and a policy that leaves none. */
import { afterEach, expect, it } from 'vitest';
import { fileUrl, otherOrigin, requestsOf } from '../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';
import { closePages, engineOf, openPage } from './page.js';

function setOnline(online: boolean): void {
  Object.defineProperty(navigator, 'onLine', { value: online, configurable: true });
  dispatchEvent(new Event(online ? 'online' : 'offline'));
}

afterEach(() => {
  Reflect.deleteProperty(navigator, 'onLine');
  closePages();
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

it('can be aborted while it waits', async () => {
  const engine = startEngine();
  setOnline(false);
  const end = ended(engine, 'never', readEnd);
  const registration = await engine.fetch('never', fileUrl());
  await expect.poll(() => registration.state).toBe('waiting');
  await registration.abort();
  expect((await end).failureReason).toBe('aborted');
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
