/** What is asked for again, and what is made of the answer: RFC 9110 on ranges. */
import { expect, it } from 'vitest';
import type { ResponseHead } from '../../../src/engine/in-page/state/journal.js';
import { isResumable, decideUse, rangeHeaders } from '../../../src/engine/in-page/http/resume.js';
import type { PlainRequest } from '../../../src/standard/plain-request.js';

const GIB = 2 ** 30;
const request: PlainRequest = {
  url: 'https://a.test/',
  method: 'GET',
  headers: [],
  mode: 'cors',
  credentials: 'omit',
  cache: 'default',
  redirect: 'follow',
  referrer: '',
  referrerPolicy: '',
  integrity: '',
};

function head(status: number, headers: Record<string, string>, type: ResponseType = 'basic'): ResponseHead {
  return { url: '', type, redirected: false, status, statusText: '', headers: Object.entries(headers) };
}

const isAddedTo = (first: ResponseHead, of: Partial<PlainRequest> = {}) =>
  isResumable({
    ...{ uid: '', index: 0, uploaded: 0, length: 0, result: '', detail: '' },
    request: { ...request, ...of },
    head: first,
  });

it('goes on past 4 GiB', () => {
  const first = head(200, { etag: '"a"', 'content-length': String(9 * GIB) });
  expect(rangeHeaders(first, 5 * GIB + 1)).toEqual([
    ['Range', 'bytes=5368709121-'],
    ['If-Range', '"a"'],
  ]);
  const rest = (start: number) =>
    head(206, {
      etag: '"a"',
      'content-range': `bytes ${start}-${9 * GIB - 1}/${9 * GIB}`,
      'content-length': `${9 * GIB - start}`,
    });
  expect(decideUse(rest(5 * GIB + 1), first, 5 * GIB + 1)).toBe('append');
  expect(decideUse(rest(GIB + 1), first, 5 * GIB + 1)).toBe('restart');
});

it('adds nothing that comes packed, though its range fits', () => {
  const first = head(200, { etag: '"a"', 'content-length': '100' });
  const rest = { etag: '"a"', 'content-range': 'bytes 10-99/100' };
  expect(decideUse(head(206, rest), first, 10)).toBe('append');
  expect(decideUse(head(206, { ...rest, 'content-encoding': 'br' }), first, 10)).toBe('restart');
});

it.each([
  ['another ETag', { etag: '"b"', 'last-modified': 'x' }],
  ['no ETag any more', { 'last-modified': 'x' }],
  ['another Last-Modified', { etag: '"a"', 'last-modified': 'y' }],
])('adds nothing of what has %s', (_what, rest) => {
  const first = head(200, { etag: '"a"', 'last-modified': 'x' });
  expect(decideUse(head(206, { ...rest, 'content-range': 'bytes 10-99/100' }), first, 10)).toBe('restart');
});

it.each([403, 404, 410, 412, 416])('asks for the whole where only a range of it is answered with %i', (status) => {
  expect(decideUse(head(status, {}), head(200, { etag: '"a"' }), 10)).toBe('restart');
  expect(decideUse(head(status, {}), undefined, 0)).toBe('replace');
});

it('adds to nothing but a whole answer to a plain GET whose version is known', () => {
  const first = head(200, { etag: '"a"' });
  expect(isAddedTo(first)).toBe(true);
  expect(isAddedTo(first, { method: 'HEAD' })).toBe(false);
  expect(isAddedTo(first, { integrity: 'sha256-x' })).toBe(false);
  expect(isAddedTo(first, { headers: [['RANGE', 'bytes=0-9']] })).toBe(false);
  expect(isAddedTo(head(203, { etag: '"a"' }))).toBe(false);
  expect(isAddedTo(head(200, { etag: 'W/"a"' }))).toBe(false);
  expect(isAddedTo(head(200, { etag: '"a"', 'content-encoding': 'gzip' }))).toBe(false);
});

it('trusts a Last-Modified only when the server’s clock has moved on since', () => {
  const modified = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const at = (date: string) => isAddedTo(head(200, { 'last-modified': modified, date }));
  expect(at('Thu, 01 Jan 2026 00:00:01 GMT')).toBe(true);
  expect(at(modified)).toBe(false);
  expect(isAddedTo(head(200, { 'last-modified': modified }))).toBe(false);
});
