/** An honest answer to GET and HEAD: validators, ranges, `If-Range` and conditions by RFC 9110. */

/** By lower-case name. */
type AskedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What stands behind a URL at one moment. */
export interface Representation {
  /** In bytes. */
  readonly size: number;
  readonly type: string;
  /** With its quotes, `"v1"` or `W/"v1"`. */
  readonly etag?: string | undefined;
  readonly modified?: Date | undefined;
  /** The bytes `[start, end)`. */
  read(start: number, end: number): Uint8Array;
}

/** Status, headers, and which bytes of the representation go out. */
export interface Answer {
  status: number;
  headers: Record<string, string | number>;
  start: number;
  end: number;
}

/** How RFC 9110 answers a request with these headers. */
export function answerTo(asked: AskedHeaders, { size, type, etag, modified }: Representation): Answer {
  const headers: Answer['headers'] = {
    'content-type': type,
    'accept-ranges': 'bytes',
    ...(etag && { etag }),
    ...(modified && { 'last-modified': modified.toUTCString() }),
  };
  if (etag && asked['if-none-match'] === etag) return { status: 304, headers, start: 0, end: 0 };
  const range = rangeOf(asked, size);
  if (range === undefined || !ifRangeHolds(asked, etag, modified)) {
    return { status: 200, headers: { ...headers, 'content-length': size }, start: 0, end: size };
  }
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}`, 'content-length': 0 }, start: 0, end: 0 };
  }
  const { start, end } = range;
  const partial = { 'content-range': `bytes ${start}-${end - 1}/${size}`, 'content-length': end - start };
  return { status: 206, headers: { ...headers, ...partial }, start, end };
}

/** One range, as this server understands it; several at once are answered whole, which the standard allows. */
function rangeOf(headers: AskedHeaders, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(String(headers.range ?? '')) ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first === '') return last === '0' || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(last)), end: size };
  const start = Number(first);
  if (start >= size) return 'unsatisfiable';
  if (last === '') return { start, end: size };
  return Number(last) < start ? undefined : { start, end: Math.min(Number(last) + 1, size) };
}

/** The strong comparison of section 13.1.5: a weak ETag never holds. */
function ifRangeHolds(headers: AskedHeaders, etag: string | undefined, modified: Date | undefined): boolean {
  const condition = headers['if-range'];
  if (condition === undefined) return true;
  if (typeof condition !== 'string') return false;
  if (condition.startsWith('"')) return condition === etag;
  return !condition.startsWith('W/') && condition === modified?.toUTCString();
}
