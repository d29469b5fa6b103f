/** Pause, resume, abort, and what a registration says meanwhile. */
import { expect, it } from 'vitest';
import type { ControllableRegistration } from '../../../src/standard/extras.js';
import { fileUrl, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';

const MIB = 1024 * 1024;

const moving = (registration: ControllableRegistration) => expect.poll(() => registration.downloaded).toBeGreaterThan(MIB);

it('holds still while paused and goes on from the bytes it has', async () => {
  const engine = startEngine();
  const url = fileUrl('size=6M&seed=s&rate=6M');
  const end = ended(engine, 'held', readEnd);
  const registration = await engine.fetch('held', url);
  await moving(registration);
  expect(registration.state).toBe('downloading');
  expect(await registration.pause()).toBe(true);
  await expect.poll(() => registration.state).toBe('paused');
  const [first] = await requestsOf(url);
  await expect.poll(async () => (await requestsOf(url))[0]?.sent).toBeDefined();
  expect(first).toBeDefined();
  expect(await registration.resume()).toBe(true);
  const { bodies } = await end;
  expect(isWhole(bodies[0], 's', 6 * MIB)).toBe(true);
  const entries = await requestsOf(url);
  expect(entries).toHaveLength(2);
  expect(entries[1]?.headers.range).toMatch(/^bytes=\d{7}-$/);
  expect(await registration.pause()).toBe(false);
  expect(await registration.resume()).toBe(false);
});

it('stays paused though a file of it has failed, and says so in the end', async () => {
  const engine = startEngine();
  const end = ended(engine, 'both', readEnd);
  const registration = await engine.fetch('both', [fileUrl('status=404'), fileUrl('size=6M&rate=6M')]);
  await expect.poll(() => registration.files[0]?.state).toBe('failed');
  await moving(registration);
  await registration.pause();
  await expect.poll(() => registration.state).toBe('paused');
  expect(await engine.getIds()).toEqual(['both']);
  await registration.resume();
  const { result, failureReason, detail } = await end;
  expect({ result, failureReason }).toEqual({ result: 'failure', failureReason: 'bad-status' });
  expect(detail).toContain('404');
});

it('ends in the abort event, its id free at once', async () => {
  const engine = startEngine();
  const end = ended(engine, 'aborted', readEnd);
  const registration = await engine.fetch('aborted', fileUrl('size=6M&rate=3M'));
  await moving(registration);
  expect(await registration.abort()).toBe(true);
  expect(await engine.get('aborted')).toBeUndefined();
  expect(await registration.abort()).toBe(false);
  const { type, result, failureReason, bodies } = await end;
  expect({ type, result, failureReason }).toEqual({ type: 'backgroundfetchabort', result: 'failure', failureReason: 'aborted' });
  expect(bodies[0]).toMatchObject({ name: 'AbortError' });
  expect(registration.state).toBe('settled');
});

it('can be aborted while it is paused', async () => {
  const engine = startEngine();
  const end = ended(engine, 'both', readEnd);
  const registration = await engine.fetch('both', fileUrl('size=6M&rate=3M'));
  await moving(registration);
  await registration.pause();
  await expect.poll(() => registration.state).toBe('paused');
  await registration.abort();
  expect((await end).failureReason).toBe('aborted');
});
