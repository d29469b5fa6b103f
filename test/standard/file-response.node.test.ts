/** Which responses are the file that was asked for. */
import { expect, it } from 'vitest';
import { refusalOf, toContentRange } from '../../src/standard/file-response.js';

const FILM = 'https://a.test/film.mp4';

function refusal(status: number, headers: Record<string, string> = {}, url = FILM, method = 'GET'): string | undefined {
  return refusalOf({ url, method, status, headers: new Headers(headers) });
}

it.each([200, 203])('takes %i as a file', (status) => {
  expect(refusal(status, { 'content-type': 'video/mp4' })).toBeUndefined();
});

it.each([201, 202, 204, 205, 207, 208, 226, 299])('refuses %i, which brings no file', (status) => {
  expect(refusal(status)).toBe(`The server answered ${status} to "${FILM}": that is not a file.`);
});

it.each([0, 199, 300, 304, 404, 503])('refuses %i', (status) => {
  expect(refusal(status)).toBe(`The server answered ${status} to "${FILM}".`);
});

it.each(['bytes 0-0/1', 'bytes 0-999/1000', 'Bytes 0-999/1000', ' bytes 0-999/1000 '])(
  'takes a 206 of the whole: %j',
  (range) => {
    expect(refusal(206, { 'content-range': range })).toBeUndefined();
  },
);

it.each([
  undefined,
  'bytes 0-999/*',
  'bytes */1000',
  'bytes 0-998/1000',
  'bytes 1-999/1000',
  'bytes 0-1000/1000',
  'bytes 0-999',
  'bytes=0-999/1000',
  'lines 0-9/10',
  'bytes 0-499/1000, bytes 500-999/1000',
  'bytes 0-99999999999999999998/99999999999999999999',
])('refuses a 206 with the range %j', (range) => {
  expect(refusal(206, range === undefined ? {} : { 'content-range': range })).toBe(
    `The server answered 206 to "${FILM}": that is only a part of the file.`,
  );
});

it.each([
  FILM,
  'https://a.test/A%20B.MP3?token=1#t=10',
  'https://a.test/archive.tar.gz',
  'https://a.test/book.pdf?x=.html',
  'https://a.test/model.gguf',
  'https://a.test/file.bin',
])('refuses a web page in place of %s', (url) => {
  for (const type of ['text/html', 'Text/HTML; charset=utf-8', 'application/xhtml+xml'])
    expect(refusal(200, { 'content-type': type }, url)).toContain(`web page to "${url}"`);
});

it.each(['https://a.test/', 'https://a.test/page', 'https://a.test/page.html', 'https://a.test/get.php?file=a.mp4', '', 'mp4'])(
  'takes a web page where %j may be one',
  (url) => {
    expect(refusal(200, { 'content-type': 'text/html' }, url)).toBeUndefined();
  },
);

it('takes an attachment of a wrong type', () => {
  expect(refusal(200, { 'content-type': 'text/html', 'content-disposition': 'attachment' })).toBeUndefined();
});

it.each(['POST', 'PUT', 'HEAD'])('takes every 2xx to a %s', (method) => {
  for (const status of [200, 201, 202, 204, 206]) expect(refusal(status, {}, FILM, method)).toBeUndefined();
  expect(refusal(404, {}, FILM, method)).toBe(`The server answered 404 to "${FILM}".`);
});

it('reads headers given as pairs, whatever their case', () => {
  expect(refusalOf({ url: FILM, status: 200, headers: [['Content-Type', 'text/html']] })).toContain('web page');
});

it('reads the place of a part', () => {
  expect(toContentRange('bytes 10-19/100')).toEqual({ first: 10, last: 19, length: 100 });
  expect(toContentRange(null)).toBeUndefined();
});
