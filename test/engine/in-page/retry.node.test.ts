/** How long to wait before the next attempt. */
import { expect, it } from 'vitest';
import { backOff, MAX_DELAY, retryAfter } from '../../../src/engine/in-page/http/retry.js';

const NOW = Date.parse('2026-11-29T12:00:00Z');

it.each([
  [null, 0],
  ['', 0],
  ['0', 0],
  ['-1', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['99999999999999999999', 3_600_000],
  ['Sun, 29 Nov 2026 12:01:00 GMT', 60_000],
  ['Sun, 29 Nov 2026 11:59:00 GMT', 0],
  ['Fri, 29 Nov 2999 12:00:00 GMT', 3_600_000],
  ['soon', 0],
  ['5s', 0],
  ['2999-01-01', 0],
])('reads Retry-After: %s', (value, wait) => expect(retryAfter(value, NOW)).toBe(wait));

it('asks again ever later, never at the same time as all others, and at least every minute', () => {
  for (let attempt = 1; attempt < 12; attempt++) {
    const longest = Math.min(1000 * 2 ** (attempt - 1), MAX_DELAY);
    const delays = Array.from({ length: 100 }, () => backOff(attempt));
    expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(longest / 2);
    expect(new Set(delays).size).toBeGreaterThan(50);
  }
});
