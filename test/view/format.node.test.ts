/** Numbers, sizes, speeds and times, as languages write them. */
import { describe, expect, it } from 'vitest';
import { formatBytes, formatRate } from '../../src/view/bytes.js';
import { formatBytesOf, formatCountdown, formatDay, formatDuration, formatPercent } from '../../src/view/format.js';

/** `Intl` writes some blanks as no-break spaces. */
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ');

describe('sizes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [999_960, '1 MB'],
    [3_140_000, '3.1 MB'],
    [412_000_000, '412 MB'],
    [1_234_000_000, '1.2 GB'],
    [5_000_000_000_000, '5 TB'],
  ])('%d bytes read as %s', (bytes, text) => {
    expect(plain(formatBytes('en', bytes))).toBe(text);
  });

  it('follow the language', () => {
    expect(plain(formatBytes('de', 3_140_000))).toBe('3,1 MB');
    expect(plain(formatBytes('fr', 3_140_000))).toBe('3,1 Mo');
  });

  it.each([
    [38_400_000, 60_000_000, '38.4', '60 MB'],
    [38_000_000, 60_000_000, '38.0', '60 MB'],
    [60_000_000, 60_000_000, '60', '60 MB'],
    [480_000_000, 1_548_000_000, '480', '1,548 MB'],
    [1_900_000_000, 10_000_000_000, '1.9', '10 GB'],
    [0, 412_000_000, '0', '412 MB'],
  ])('%d of %d are in one unit', (bytes, total, done, whole) => {
    expect(formatBytesOf('en', bytes, total)).toEqual({ done, total: whole });
  });

  it('over time are a speed', () => {
    expect(plain(formatRate('en', 3_100_000))).toBe('3.1 MB/s');
  });
});

describe('times', () => {
  it.each([
    [0.2, '1 sec'],
    [7.2, '8 sec'],
    [43, '45 sec'],
    [58, '1 min'],
    [130, '2 min'],
    [7000, '2 hr'],
    [200_000, '2 days'],
  ])('%d seconds are about %s', (seconds, text) => {
    expect(plain(formatDuration('en', seconds))).toBe(text);
  });

  it('are counted down to the second', () => {
    expect(formatCountdown('en', 41.2)).toBe('0:42');
    expect(formatCountdown('en', 3900)).toBe('1:05:00');
    expect(formatCountdown('en', -3)).toBe('0:00');
  });

  it('of days are today, yesterday, and a date from a week on', () => {
    const now = new Date(2026, 10, 22, 12).getTime();
    const day = 86_400_000;
    expect(formatDay('en', now, now)).toBe('today');
    expect(formatDay('en', now - day, now)).toBe('yesterday');
    expect(formatDay('en', now - 3 * day, now)).toBe('3 days ago');
    expect(formatDay('en', now - 30 * day, now)).toBe('Oct 23, 2026');
  });
});

it('never says a percentage that is not reached', () => {
  expect(formatPercent('en', 0.999)).toBe('99%');
  expect(formatPercent('en', 1)).toBe('100%');
});
