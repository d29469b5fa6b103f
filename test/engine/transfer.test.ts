/** One fetch from start to end against a real server, with the server's faults. */
import { expect, it } from 'vitest';
import { fileUrl, requestsOf } from '../setup/server.js';
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
