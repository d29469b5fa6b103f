/** More than one page: what a page leaves is gone on with, and all see the same. */
import { afterEach, expect, it } from 'vitest';
import type { Message } from '../../../src/engine/in-page/state/channel.js';
import type { ControllableRegistration } from '../../../src/standard/extras.js';
import { fileUrl, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';
import { closePages, engineOf, openPage } from './page.js';

const MIB = 1024 * 1024;

afterEach(closePages);

/** The bytes asked for more than once over all requests of a file of this size. */
async function bytesTwice(url: string, size: number): Promise<number> {
  const entries = await requestsOf(url);
  const asked = entries.map(({ headers }) => Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0));
  const sent = entries.map((entry, i) => entry.sent?.bytes ?? size - (asked[i] ?? 0));
  return sent.reduce((sum, bytes) => sum + bytes, 0) - size;
}

it('goes on in the next page where the last one was closed', async () => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=12M&seed=s&rate=6M');
  const first = await openPage(scope);
  const registration = await engineOf(first).fetch('tab', url);
  await expect.poll(() => registration.downloaded).toBeGreaterThan(4 * MIB);
  first.remove();
  const second = startEngine(scope);
  const { type, bodies } = await ended(second, 'tab', readEnd);
  expect(type).toBe('backgroundfetchsuccess');
  expect(isWhole(bodies[0], 's', 12 * MIB)).toBe(true);
  const entries = await requestsOf(url);
  expect(entries).toHaveLength(2);
  expect(entries[1]?.headers.range).toMatch(/^bytes=[1-9]\d{6,}-$/);
  expect(await bytesTwice(url, 12 * MIB)).toBeLessThan(8 * MIB);
});

it('remembers in the next page that a file of it had failed', async () => {
  const scope = crypto.randomUUID();
  const first = await openPage(scope);
  const registration = await engineOf(first).fetch('two', [fileUrl('status=404'), fileUrl('size=6M&rate=3M')]);
  await expect.poll(() => registration.files[0]?.state).toBe('failed');
  first.remove();
  const { result, failureReason } = await ended(startEngine(scope), 'two', readEnd);
  expect({ result, failureReason }).toEqual({ result: 'failure', failureReason: 'bad-status' });
});

it('waits in the next page too for as long as the server wants it to', async () => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=1000&seed=s&status=503&retry=5&times=1');
  const first = await openPage(scope);
  const registration = await engineOf(first).fetch('later', url);
  await expect.poll(() => registration.waitingUntil).toBeGreaterThan(0);
  const until = registration.waitingUntil!;
  first.remove();
  const { bodies } = await ended(startEngine(scope), 'later', readEnd);
  expect(isWhole(bodies[0], 's', 1000)).toBe(true);
  expect((await requestsOf(url))[1]!.at).toBeGreaterThanOrEqual(until - 5);
});

it('shows in the next page what is at rest of a download that was paused', async () => {
  const scope = crypto.randomUUID();
  const first = await openPage(scope);
  const registration = await engineOf(first).fetch('held', fileUrl('size=12M&stall=8M'));
  await expect.poll(() => registration.downloaded).toBeGreaterThan(6 * MIB);
  await registration.pause();
  await expect.poll(() => registration.state).toBe('paused');
  first.remove();
  const told = new Promise<Message>((resolve) => {
    new BroadcastChannel(`bg-fetch-in-page ${scope}`).addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'facts') resolve(data);
    });
  });
  const second = startEngine(scope);
  const again = (await second.get('held')) as ControllableRegistration;
  expect(again.state).toBe('paused');
  expect(again.downloaded).toBeGreaterThan(MIB);
  expect(await told).toMatchObject({ facts: { extras: { state: 'paused' } } });
  expect(again.downloaded).toBeGreaterThan(MIB);
  expect(again.files[0]).toMatchObject({ downloadTotal: 12 * MIB, status: 200 });
  await again.abort();
});

it('shows one transfer in every page, and another page takes over when the one that moves it closes', async () => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=8M&seed=s&rate=4M');
  const first = await openPage(scope);
  await expect.poll(async () => (await navigator.locks.query()).held?.some(({ name }) => name?.endsWith(scope))).toBe(true);
  const mine = startEngine(scope);
  const end = ended(mine, 'shared', readEnd);
  await engineOf(first).fetch('shared', url);
  const watched = await mine.get('shared');
  await expect.poll(() => watched?.downloaded).toBeGreaterThan(2 * MIB);
  expect(await requestsOf(url)).toHaveLength(1);
  await expect(mine.fetch('shared', url)).rejects.toBeInstanceOf(TypeError);
  first.remove();
  const { bodies } = await end;
  expect(isWhole(bodies[0], 's', 8 * MIB)).toBe(true);
  expect(watched?.result).toBe('success');
  expect(await requestsOf(url)).toHaveLength(2);
});

it('lets go while its page is kept for going back, and does not move beside the next one when it is back', async () => {
  const scope = crypto.randomUUID();
  const url = fileUrl('size=4M&seed=s&stall=3M&cuts=1');
  const first = await openPage(scope);
  const tell = (type: string) => first.contentWindow!.dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
  const registration = await engineOf(first).fetch('away', url);
  // More than one piece, since the last is not stored yet.
  await expect.poll(() => registration.downloaded).toBeGreaterThan(2 * MIB);
  const end = ended(startEngine(scope), 'away', readEnd);
  tell('pagehide');
  await expect.poll(async () => (await requestsOf(url)).length).toBe(2);
  tell('pageshow');
  const { bodies } = await end;
  expect(isWhole(bodies[0], 's', 4 * MIB)).toBe(true);
  expect((await requestsOf(url)).map(({ headers }) => headers.range)).toEqual([
    undefined,
    expect.stringMatching(/^bytes=[1-9]\d*-$/),
  ]);
});
