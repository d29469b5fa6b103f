/** Headers of every kind never make the engine throw, nor take a part for the whole. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ResponseHead } from '../../../src/engine/in-page/state/journal.js';
import {
  completeLength,
  contentLength,
  contentRange,
  isEncoded,
  decideUse,
  rangeHeaders,
} from '../../../src/engine/in-page/http/resume.js';
import { reportsCut, totalOf } from '../../../src/engine/in-page/transfer/completeness.js';
import { partRefusal, refusalOf } from '../../../src/standard/file-response.js';

const RUNS = { numRuns: 10_000 };
/** A busy machine needs half a minute for them, in milliseconds. */
const TIME = 120_000;
/** What may stand in a header, as browsers give it to scripts. */
const junk = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 40 });
const number = fc.oneof(
  fc.nat({ max: 2000 }).map(String),
  fc.constantFrom('-1', '1e3', '0x10', '9'.repeat(30), '00', '', '*', '1.5'),
);
const range = fc
  .tuple(
    fc.constantFrom('bytes ', 'Bytes ', 'bytes=', 'lines ', '', 'bytes  '),
    number,
    fc.constantFrom('-', '--', ''),
    number,
    number,
  )
  .map(([unit, first, dash, last, length]) => `${unit}${first}${dash}${last}/${length}`);
const header = fc.oneof(
  fc.tuple(fc.constantFrom('content-range', 'Content-Range'), fc.oneof(range, junk)),
  fc.tuple(fc.constantFrom('content-length'), fc.oneof(number, junk)),
  fc.tuple(fc.constantFrom('content-encoding'), fc.oneof(junk, fc.constantFrom('gzip', 'GZIP, br', 'aws-chunked', 'UTF-8', ','))),
  fc.tuple(fc.constantFrom('etag'), fc.oneof(junk, fc.constantFrom('"a"', 'W/"a"', 'a', '"'))),
  fc.tuple(
    fc.constantFrom('last-modified', 'date'),
    fc.oneof(
      junk,
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    ),
  ),
  fc.tuple(fc.constantFrom('content-type'), fc.oneof(junk, fc.constantFrom('text/html', 'video/mp4'))),
  fc.tuple(fc.constantFrom('content-disposition', 'accept-ranges', 'vary'), junk),
);
const head: fc.Arbitrary<ResponseHead> = fc.record({
  url: fc.oneof(fc.webUrl(), fc.string()),
  type: fc.constantFrom('basic', 'cors', 'default'),
  redirected: fc.boolean(),
  status: fc.oneof(fc.constantFrom(200, 206, 416, 204, 404), fc.integer({ min: 0, max: 599 })),
  statusText: fc.constant(''),
  headers: fc.array(header, { maxLength: 8 }).map((list) => [...new Headers(list)]),
});
const offset = fc.oneof(fc.constant(0), fc.nat({ max: 2000 }));

it('adds a part only at its place, of a known whole, and of the same version', { timeout: TIME }, () => {
  fc.assert(
    fc.property(head, fc.option(head, { nil: undefined }), offset, (answer, previous, at) => {
      const verdict = decideUse(answer, previous, at);
      expect(['append', 'replace', 'restart']).toContain(verdict);
      if (verdict !== 'append') return;
      const part = contentRange(answer);
      expect(answer.status).toBe(206);
      expect(part?.first).toBe(at);
      expect(at).toBeGreaterThan(0);
      expect(part!.last).toBeLessThan(part!.length);
      expect(isEncoded(answer)).toBe(false);
      const known = completeLength(previous!);
      if (known > 0) expect(part!.length).toBe(known);
      for (const name of ['etag', 'last-modified']) {
        const before = new Headers(previous!.headers).get(name);
        if (before !== null) expect(new Headers(answer.headers).get(name)).toBe(before);
      }
    }),
    RUNS,
  );
});

it('takes for a file nothing but a 200, a 203, and a 206 of the whole', { timeout: TIME }, () => {
  fc.assert(
    fc.property(head, (response) => {
      const refusal = refusalOf(response);
      partRefusal(response);
      if (refusal !== undefined) {
        expect(refusal).toContain('The server answered');
        return;
      }
      expect([200, 203, 206]).toContain(response.status);
      if (response.status !== 206) return;
      const part = contentRange(response)!;
      expect([part.first, part.last]).toEqual([0, part.length - 1]);
    }),
    RUNS,
  );
});

it('knows no length but whole numbers, and asks for no part but from where it is', { timeout: TIME }, () => {
  fc.assert(
    fc.property(head, offset, fc.constantFrom('Chrome/1', 'Firefox/1', 'Safari'), (response, at, userAgent) => {
      const total = totalOf(response, at, contentLength(response));
      for (const size of [completeLength(response), contentLength(response), total ?? 0]) {
        expect(Number.isSafeInteger(size)).toBe(true);
        expect(size).toBeGreaterThanOrEqual(0);
      }
      expect(typeof reportsCut(response, userAgent)).toBe('boolean');
      const [asked, condition] = rangeHeaders(response, at);
      expect(asked).toEqual(['Range', `bytes=${at}-`]);
      if (condition) expect(condition[1]).not.toMatch(/^W\//);
    }),
    RUNS,
  );
});
