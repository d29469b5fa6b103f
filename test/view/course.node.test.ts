/** What only successive records tell: speed, time left, and that nothing goes backwards. */
import { describe, expect, it } from 'vitest';
import type { FetchRecord } from '../../src/manager/record.js';
import { createRecord, steadyCourse } from '../../src/testing/index.js';
import { follow, rateOf } from '../../src/view/course.js';
import { progressOf, secondsLeft } from '../../src/view/progress.js';
import { totalOf } from '../../src/view/total.js';

/** Lets one record follow the other; the last one. */
function watched(records: readonly FetchRecord[]): FetchRecord {
  records.forEach((record, index) => follow(records[index - 1], record));
  return records.at(-1)!;
}

describe('the speed', () => {
  it('is not known before it was watched for two seconds', () => {
    const course = steadyCourse(createRecord(), 1_000_000, 4);
    expect(rateOf(watched(course.slice(0, 2)))).toBeUndefined();
    expect(rateOf(watched(course.slice(0, 4)))).toBeCloseTo(1_000_000);
  });

  it('comes from the recent past, never from a gap', () => {
    const before = watched(steadyCourse(createRecord({ downloaded: 10_000_000 }), 1_000_000, 4));
    const after = { ...before, downloaded: 50_000_000, changedAt: before.changedAt + 3_600_000 };
    follow(before, after);
    expect(rateOf(after)).toBeUndefined();
  });

  it('starts anew when the download starts again', () => {
    const before = watched(steadyCourse(createRecord(), 1_000_000, 4));
    const after = { ...before, downloaded: 0, changedAt: before.changedAt + 1000 };
    follow(before, after);
    expect(rateOf(after)).toBeUndefined();
  });

  it('takes nothing from bytes that were there when it went on', () => {
    const moving = steadyCourse(createRecord({ downloaded: 50_000_000 }), 1_000_000, 5);
    const { startedAt, changedAt } = moving[0]!;
    const course = [createRecord({ status: 'starting', startedAt, changedAt: changedAt - 2000 }), ...moving];
    expect(rateOf(watched(course))).toBeCloseTo(1_000_000);
  });

  it('bends slowly to one odd second', () => {
    const before = watched(steadyCourse(createRecord(), 1_000_000, 8));
    const after = { ...before, downloaded: before.downloaded + 10_000_000, changedAt: before.changedAt + 1000 };
    follow(before, after);
    expect(rateOf(after)).toBeGreaterThan(1_000_000);
    expect(rateOf(after)).toBeLessThan(4_000_000);
  });

  it('gives the time left', () => {
    expect(secondsLeft(watched(steadyCourse(createRecord({ downloaded: 50_000_000 }), 1_000_000)))).toBeCloseTo(10);
    expect(
      secondsLeft(watched(steadyCourse(createRecord({ downloaded: 50_000_000, downloadTotal: 0 }), 1_000_000))),
    ).toBeUndefined();
  });
});

describe('progress', () => {
  it('keeps the highest fraction reached while the same attempt runs', () => {
    const before = watched([createRecord()]);
    const restarted = { ...before, downloaded: 0 };
    follow(before, restarted);
    expect(progressOf(restarted).value).toBe(0.64);
    const again = { ...before, downloaded: 0, startedAt: before.startedAt + 1 };
    follow(restarted, again);
    expect(progressOf(again).value).toBe(0);
  });

  it.each([
    [{ downloaded: 5, downloadTotal: 0 }, undefined],
    [{ downloaded: 0, downloadTotal: 0, status: 'done' as const }, 1],
    [{ downloaded: 120, downloadTotal: 100 }, 0.99],
    [{ downloaded: 100, downloadTotal: 100, status: 'saving' as const }, 0.99],
    [{ downloaded: 50, downloadTotal: 100, uploaded: 100, uploadTotal: 100 }, 0.75],
  ])('of %o is %s', (parts, value) => {
    expect(progressOf(createRecord(parts)).value).toBe(value);
  });
});

describe('the total', () => {
  it('weighs each active download by its size', () => {
    const records = [
      createRecord({ id: 'a', downloaded: 0, downloadTotal: 100 }),
      createRecord({ id: 'b', downloaded: 300, downloadTotal: 300, status: 'saving' }),
    ];
    expect(totalOf(records, 0)).toMatchObject({ status: 'downloading', count: 2, value: (0.99 * 300) / 400 });
  });

  it('moves by itself while all are only starting', () => {
    expect(totalOf([createRecord({ status: 'starting' })], 0)).toMatchObject({ value: undefined, indeterminate: true });
  });

  it('is idle where nothing is new', () => {
    expect(totalOf([createRecord({ status: 'failed', changedAt: 5 })], 6).status).toBe('idle');
    expect(totalOf([createRecord({ status: 'failed', changedAt: 5 })], 5).status).toBe('failed');
  });
});
