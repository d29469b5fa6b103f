/** What a policy lets go, of four downloads stored an hour apart. */
import { expect, it } from 'vitest';
import type { FetchRecord } from '../../src/manager/record.js';
import { findExpired } from '../../src/manager/retention.js';
import * as to from '../../src/manager/transitions.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const stored = (id: string, hour: number, change: Partial<FetchRecord> = {}) =>
  ({ id, status: 'done', changedAt: hour * HOUR, downloaded: 100, ...change }) as FetchRecord;
const records = [stored('c', 3), stored('a', 1), stored('d', 4), stored('b', 2)];

it('keeps everything without a limit', () => {
  expect(findExpired(records, {}, 5 * HOUR)).toEqual([]);
});

it.each([
  [{ maxCount: 3 }, ['a']],
  [{ maxSize: 250 }, ['a', 'b']],
  [{ maxSize: 50 }, ['a', 'b', 'c']],
  [{ maxCount: 3, maxSize: 250 }, ['a', 'b']],
])('deletes by %j, the oldest first', (policy, ids) => {
  expect(findExpired(records, policy, 5 * HOUR)).toEqual(ids);
});

it('deletes no active, failed or removed download', () => {
  const others = [
    stored('x', 0, { status: 'downloading' }),
    stored('y', 0, { status: 'failed' }),
    stored('z', 0, { discardedAt: 1 }),
  ];
  expect(findExpired(others, { maxCount: 0 }, HOUR)).toEqual([]);
});

/** The records once they have been looked at at this time. */
const seen = (some: readonly FetchRecord[], maxAge: number, now: number) => some.map((record) => to.aged(record, maxAge, now));

it.each(['done', 'failed', 'aborted', 'evicted'] as const)(
  'deletes a download that is %s and too old, a day after that was first seen',
  (status) => {
    const maxAge = 2 * HOUR;
    const ended = records.map((record) => ({ ...record, status }));
    const old = seen(ended, maxAge, 5 * HOUR);
    expect(findExpired(old, { maxAge }, 5 * HOUR)).toEqual([]);
    const later = 5 * HOUR + DAY;
    expect(findExpired(seen(old, maxAge, later), { maxAge }, later)).toEqual(['a', 'b']);
  },
);

it('deletes nothing by age while the clock is wrong for some hours', () => {
  const maxAge = DAY;
  const wrong = 1000 * DAY;
  const once = seen(records, maxAge, wrong);
  expect(findExpired(once, { maxAge }, wrong + 10 * HOUR)).toEqual([]);
  const right = seen(once, maxAge, 6 * HOUR);
  expect(right).toEqual(records);
  expect(findExpired(seen(right, maxAge, wrong), { maxAge }, wrong)).toEqual([]);
});
