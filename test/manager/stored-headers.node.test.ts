/** Headers of an answer: those a browser refuses are left out, and file names can be read whatever their script. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toHeaders } from '../../src/manager/stored-headers.js';

const nameIn = (value: string) => toHeaders([['content-disposition', value]]).get('content-disposition');
/** UTF-8 bytes, each as a character, as `Headers` gives them. */
const bytes = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));

it('omits headers that browsers reject, and keeps the others', () => {
  const headers = toHeaders([
    ['x-raw', '圖'],
    ['bad name', 'x'],
    ['etag', '"1"'],
    ['x-twice', 'a'],
    ['x-twice', 'b'],
  ]);
  expect([...headers]).toEqual([
    ['etag', '"1"'],
    ['x-twice', 'a, b'],
  ]);
});

it.each([
  ['attachment; filename="a b.mp3"', 'attachment; filename="a b.mp3"'],
  ['attachment; filename="圖.mp3"', "attachment; filename*=UTF-8''%E5%9C%96.mp3"],
  [bytes('attachment; filename="圖.mp3"'), "attachment; filename*=UTF-8''%E5%9C%96.mp3"],
  [bytes('inline;filename=Grüße.txt; size=3'), "inline; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt"],
  ['attachment; filename="Gr\xfc\xdfe.txt"', "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt"],
  ['attachment; filename="a\\"ü.txt"', "attachment; filename*=UTF-8''a%22%C3%BC.txt"],
  ['attachment; x="ü"', 'attachment'],
])('encodes the file name of %s for every browser', (stored, answered) => {
  expect(nameIn(stored)).toBe(answered);
});

it('never throws', { timeout: 60_000 }, () => {
  const pair = fc.tuple(
    fc.oneof(fc.constantFrom('content-disposition', 'etag', 'x-a'), fc.string({ unit: 'binary' })),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((name) => `attachment; filename="${name}"`),
    ),
  );
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => toHeaders(pairs) instanceof Headers),
    { numRuns: 10_000 },
  );
});
