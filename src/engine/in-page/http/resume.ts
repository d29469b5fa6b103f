/** Resuming by range requests (RFC 9110): headers of the request, and evaluation of the response. */
import { toContentRange, type ContentRange } from '../../../standard/file-response.js';
import { headerOf, type JournalRecord, type ResponseHead } from '../state/journal.js';

/** Parses the `Content-Range` of one part with a known length; undefined for any other. */
export function contentRange(head: ResponseHead): ContentRange | undefined {
  return toContentRange(headerOf(head, 'content-range'));
}

/** Returns the strong validator of a representation; undefined if there is none (§8.8). */
export function strongValidator(head: ResponseHead): string | undefined {
  const etag = headerOf(head, 'etag');
  if (etag?.startsWith('"')) return etag;
  const modified = headerOf(head, 'last-modified') ?? '';
  // §8.8.2.2: `Date` is later than `Last-Modified`, so the date is a strong validator.
  return Date.parse(headerOf(head, 'date') ?? '') - Date.parse(modified) >= 1000 ? modified : undefined;
}

/** Returns true if the stored bytes can be resumed: a `200` to a GET with a strong validator. */
export function isResumable({ request, head }: JournalRecord): boolean {
  // A range of an encoded body would be sent without the coding, which is another representation.
  if (!head || isEncoded(head)) return false;
  if (request.method !== 'GET' || request.integrity !== '') return false;
  if (request.headers.some(([name]) => name.toLowerCase() === 'range')) return false;
  return (head.status === 200 || head.status === 206) && strongValidator(head) !== undefined;
}

/** Returns true if the server supports ranges of the representation (§14.3). */
export function givesRanges(record: JournalRecord): boolean {
  const { head } = record;
  return isResumable(record) && (head?.status === 206 || headerOf(head as ResponseHead, 'accept-ranges') === 'bytes');
}

/** Creates the headers that request the bytes from `offset`. On another origin `If-Range` would need a preflight; the response is compared instead. */
export function rangeHeaders(head: ResponseHead, offset: number): [string, string][] {
  const range: [string, string] = ['Range', `bytes=${offset}-`];
  const validator = strongValidator(head);
  // §13.1.5 does not allow the date if there is an ETag, even a weak one.
  const isCondition = validator?.startsWith('"') === (headerOf(head, 'etag') !== null);
  return head.type === 'basic' && validator && isCondition ? [range, ['If-Range', validator]] : [range];
}

/** Use of a response: append it, replace the stored bytes by it, or delete them and request the whole. */
export type ResponseUse = 'append' | 'replace' | 'restart';

/** Decides about a response to a request for the bytes from `offset` (standard §5.5 "validate a partial response"). */
export function decideUse(answer: ResponseHead, previous: ResponseHead | undefined, offset: number): ResponseUse {
  if (offset === 0) return 'replace';
  if (answer.status !== 206) return RANGE_FAILURE_STATUS.has(answer.status) ? 'restart' : 'replace';
  const range = contentRange(answer);
  if (!previous || range?.first !== offset || isEncoded(answer)) return 'restart';
  const known = completeLength(previous);
  if (known > 0 && known !== range.length) return 'restart';
  return isSameVersion(previous, answer) ? 'append' : 'restart';
}

/** Statuses of CDNs if only the range or its version is not available. */
const RANGE_FAILURE_STATUS: ReadonlySet<number> = new Set([403, 404, 410, 412, 416]);

function isSameVersion(previous: ResponseHead, answer: ResponseHead): boolean {
  const isSame = (name: string): boolean => [null, headerOf(answer, name)].includes(headerOf(previous, name));
  return isSame('etag') && isSame('last-modified') && strongValidator(previous) !== undefined;
}

/** Reads the announced size of the whole representation in bytes, else 0; on another origin it may be that of an encoded body. */
export function completeLength(head: ResponseHead): number {
  if (head.status === 206) return contentRange(head)?.length ?? 0;
  return isEncoded(head) ? 0 : contentLength(head);
}

/** Reads the `Content-Length` in bytes; 0 if there is none. */
export function contentLength(head: ResponseHead): number {
  const length = headerOf(head, 'content-length') ?? '';
  return /^\d{1,15}$/.test(length) ? Number(length) : 0;
}

/** Content codings that browsers decode; a body with any other one is stored encoded. */
const CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'compress', 'x-compress', 'deflate', 'br', 'zstd', 'dcb', 'dcz']);

/** Returns true if the browser decodes the body, so that its transfer size is not its stored size. */
export function isEncoded(head: ResponseHead): boolean {
  const codings = headerOf(head, 'content-encoding')?.split(',') ?? [];
  return codings.some((coding) => CODINGS.has(coding.trim().toLowerCase()));
}
