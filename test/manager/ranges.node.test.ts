/** `Range` as RFC 9110 section 14.1.2 reads it, against a body of 100 bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toRange } from '../../src/manager/ranges.js';

it.each([
  ['bytes=0-9', { start: 0, end: 10 }],
  ['bytes=90-', { start: 90, end: 100 }],
  ['bytes=90-500', { start: 90, end: 100 }],
  ['bytes=-10', { start: 90, end: 100 }],
  ['bytes=-500', { start: 0, end: 100 }],
  ['BYTES=5-5', { start: 5, end: 6 }],
])('reads %s', (header, range) => {
  expect(toRange(header, 100)).toEqual(range);
});

it.each(['bytes=100-', 'bytes=200-300', 'bytes=-0'])('cannot satisfy %s', (header) => {
  expect(toRange(header, 100)).toBe('unsatisfiable');
});

it.each([null, '', 'bytes=-', 'bytes=9-5', 'bytes=0-1,5-6', 'items=0-5', 'bytes=a-b'])('sends the whole for %s', (header) => {
  expect(toRange(header, 100)).toBeUndefined();
});

it('reads any header into a part of the body, into nothing, or into the whole', { timeout: 60_000 }, () => {
  const bound = fc.oneof(fc.constant(''), fc.nat(250).map(String), fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String));
  const header = fc.oneof(
    fc.string(),
    fc.tuple(bound, bound).map(([first, last]) => `bytes=${first}-${last}`),
  );
  fc.assert(
    fc.property(fc.option(header), fc.nat(200), (text, size) => {
      const range = toRange(text, size);
      if (range === undefined || range === 'unsatisfiable') return true;
      const { start, end } = range;
      return Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start < end && end <= size;
    }),
    { numRuns: 10_000 },
  );
});

it('reads what is well formed as the RFC says', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), fc.nat(200), (first, last, size) => {
      const whole = Array.from({ length: size }, (_, at) => at);
      const asked = whole.filter((at) => at >= first && at <= last);
      const range = toRange(`bytes=${first}-${last}`, size);
      if (last < first) return range === undefined;
      if (asked.length === 0) return range === 'unsatisfiable';
      return typeof range === 'object' && range.start === asked[0] && range.end === asked[asked.length - 1]! + 1;
    }),
    { numRuns: 10_000 },
  );
});
