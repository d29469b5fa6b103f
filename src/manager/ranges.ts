/** Answers a request with a stored response, whole or one range (RFC 9110, section 14). */
import { isOwn } from './answerable.js';
import type { StoredResponse } from './stored-response.js';
import { readStored } from './response-store.js';
import { toHeaders } from './stored-headers.js';

/** Bytes from `start` to `end`, exclusive. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Resolves with a `200`, `206` or `416` response. Multiple ranges are answered whole, as the RFC allows. */
export async function respond(request: Request, stored: StoredResponse): Promise<Response> {
  const { status } = stored;
  const statusText = /^[\t\x20-\x7e]*$/.test(stored.statusText) ? stored.statusText : '';
  const { size } = stored.body;
  const headers = toHeaders(stored.headers);
  headers.set('accept-ranges', 'bytes');
  // The response was read by CORS; a cross-origin isolated page of Firefox 153 needs this header (docs/decisions/0021).
  if (!isOwn(stored.url)) headers.set('cross-origin-resource-policy', 'cross-origin');
  const range = isCurrent(request, headers) ? toRange(request.headers.get('range'), size) : undefined;
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`);
    headers.delete('content-type');
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: size };
  headers.set('content-length', String(end - start));
  if (range) headers.set('content-range', `bytes ${start}-${end - 1}/${size}`);
  const body = request.method === 'HEAD' ? null : await readStored(stored, start, end);
  return new Response(body, { headers, ...(range ? { status: 206 } : { status, statusText }) });
}

/** Parses a `Range` header for a size: a range, `unsatisfiable`, or undefined for the whole. */
export function toRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

/** Returns true if `If-Range` has the same strong entity tag or date (RFC 9110, section 13.1.5). */
function isCurrent(request: Request, stored: Headers): boolean {
  const condition = request.headers.get('if-range');
  if (condition === null) return true;
  if (condition.startsWith('W/')) return false;
  return condition === stored.get(condition.startsWith('"') ? 'etag' : 'last-modified');
}
