/** What a policy lets go, of four downloads stored an hour apart. */
import { expect, it } from 'vitest';
import type { FetchRecord } from '../../src/manager/record.js';
import { toLetGo } from '../../src/manager/retention.js';

const HOUR = 3_600_000;
const stored = (id: string, hour: number, change: Partial<FetchRecord> = {}) =>
  ({ id, status: 'done', changedAt: hour * HOUR, downloaded: 100, ...change }) as FetchRecord;
const records = [stored('c', 3), stored('a', 1), stored('d', 4), stored('b', 2)];

it('keeps all without a limit', () => {
  expect(toLetGo(records, {}, 5 * HOUR)).toEqual([]);
});

it.each([
  [{ maxAge: 2 * HOUR }, ['a', 'b']],
  [{ maxCount: 3 }, ['a']],
  [{ maxSize: 250 }, ['a', 'b']],
  [{ maxSize: 50 }, ['a', 'b', 'c']],
  [{ maxCount: 3, maxSize: 250 }, ['a', 'b']],
])('lets go by %j, the oldest first', (policy, ids) => {
  expect(toLetGo(records, policy, 5 * HOUR)).toEqual(ids);
});

it('lets go of nothing that runs, has failed or is leaving', () => {
  const others = [
    stored('x', 0, { status: 'downloading' }),
    stored('y', 0, { status: 'failed' }),
    stored('z', 0, { discardedAt: 1 }),
  ];
  expect(toLetGo(others, { maxCount: 0 }, HOUR)).toEqual([]);
});
