/** RFC 9110 on ranges: what to ask for when a part is at rest, and what to make of the answer. */
import { headerOf, type JournalRecord, type ResponseHead } from './journal.js';

/** What a `Content-Range` says (RFC 9110 §14.4); positions are inclusive. */
export interface ContentRange {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/** Reads a `Content-Range` of one part with a known length; anything else is undefined. */
export function contentRange(head: ResponseHead): ContentRange | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(headerOf(head, 'content-range') ?? '');
  const [first = NaN, last = NaN, length = NaN] = match?.slice(1).map(Number) ?? [];
  return first <= last && last < length && Number.isSafeInteger(length) ? { first, last, length } : undefined;
}

/** The validator that tells two versions of a representation apart byte by byte; undefined when there is none (§8.8). */
export function strongValidator(head: ResponseHead): string | undefined {
  const etag = headerOf(head, 'etag');
  if (etag !== null) return etag.startsWith('"') ? etag : undefined;
  const modified = headerOf(head, 'last-modified') ?? '';
  // §8.8.2.2: the origin's clock has moved on since the last change, so one second holds one version.
  return Date.parse(headerOf(head, 'date') ?? '') - Date.parse(modified) >= 1000 ? modified : undefined;
}

/** True when the bytes at rest can be added to: a whole `200` of a GET that says which version it is. */
export function isResumable({ request, head }: JournalRecord): boolean {
  // The rest of a packed body would come unpacked, which is another representation.
  if (!head || isEncoded(head)) return false;
  if (request.method !== 'GET' || request.integrity !== '') return false;
  if (request.headers.some(([name]) => name.toLowerCase() === 'range')) return false;
  return (head.status === 200 || head.status === 206) && strongValidator(head) !== undefined;
}

/** True when the server has shown, or said, that it gives such bytes in ranges (§14.3). */
export function givesRanges(record: JournalRecord): boolean {
  const { head } = record;
  return isResumable(record) && (head?.status === 206 || headerOf(head as ResponseHead, 'accept-ranges') === 'bytes');
}

/** The headers that ask for the rest. `If-Range` would need a preflight on another origin, where the answer is compared instead. */
export function rangeHeaders(head: ResponseHead, offset: number): [string, string][] {
  const range: [string, string] = ['Range', `bytes=${offset}-`];
  const validator = strongValidator(head);
  return head.type === 'basic' && validator ? [range, ['If-Range', validator]] : [range];
}

/** What to do with a response: add it, take it instead, throw the part away and ask anew, or give up. */
export type Verdict = 'append' | 'replace' | 'restart' | 'refuse';

/** Judges the answer to a request for the bytes from `offset` on (standard §5.5 "validate a partial response"). */
export function judge(answer: ResponseHead, previous: ResponseHead | undefined, offset: number): Verdict {
  if (answer.status !== 206) return offset > 0 && GONE_WITH_RANGE.has(answer.status) ? 'restart' : 'replace';
  const range = contentRange(answer);
  if (offset === 0) return range?.first === 0 ? 'replace' : 'refuse';
  if (!previous || range?.first !== offset || isEncoded(answer)) return 'restart';
  const known = completeLength(previous);
  if (known > 0 && known !== range.length) return 'restart';
  return isSameVersion(previous, answer) ? 'append' : 'restart';
}

/** What CDNs answer when only the range, or the version it belonged to, is gone. */
const GONE_WITH_RANGE: ReadonlySet<number> = new Set([403, 404, 410, 412, 416]);

function isSameVersion(previous: ResponseHead, answer: ResponseHead): boolean {
  const isSame = (name: string): boolean => [null, headerOf(answer, name)].includes(headerOf(previous, name));
  return isSame('etag') && isSame('last-modified') && strongValidator(previous) !== undefined;
}

/** The size of the whole representation where the server says it, else 0; a coded body's `Content-Length` is not it. */
export function completeLength(head: ResponseHead): number {
  if (head.status === 206) return contentRange(head)?.length ?? 0;
  return isEncoded(head) ? 0 : contentLength(head);
}

/** The size of the body on the wire, 0 where the server does not say. */
export function contentLength(head: ResponseHead): number {
  const length = headerOf(head, 'content-length') ?? '';
  return /^\d+$/.test(length) ? Number(length) : 0;
}

/** True when the body is decoded on the way, so that sizes on the wire are not those at rest. */
export function isEncoded(head: ResponseHead): boolean {
  return !/^\s*(identity\s*)?$/i.test(headerOf(head, 'content-encoding') ?? '');
}
