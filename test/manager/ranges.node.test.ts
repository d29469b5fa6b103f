/** `Range` as RFC 9110 section 14.1.2 reads it, against a body of 100 bytes. */
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
