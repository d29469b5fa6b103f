/**
 * Decides whether a body of the native engine is whole. After an interruption, Chromium 156 appends the response to its range request without checking
 * the `Content-Range` (docs/decisions/0011). The record has the head of the first response, so only the sizes can be compared.
 */
import { toInit, toRequest, type PlainRequest } from '../standard/plain-request.js';

/** Timeout of the request, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Resolves with the reason why a body of `size` bytes is not whole; with undefined if it is. If no header has a reliable size, the next bytes
 * are requested from the server.
 */
export async function shortageOf(request: PlainRequest, { headers, url }: Response, size: number): Promise<string | undefined> {
  if (request.method !== 'GET' || headers.has('content-encoding')) return undefined;
  const length = headers.has('transfer-encoding') ? null : headers.get('content-length');
  if (length !== null && size >= Number(length)) return undefined;
  const reason = `The response had ${size} bytes where ${length ?? 'more'} were announced.`;
  // Another origin hides the coding of a body: its transfer size may be larger.
  if (length !== null && (url === '' || new URL(url).origin === location.origin)) return reason;
  const goesOn = await hasMore(request, size);
  return (goesOn ?? length !== null) ? reason : undefined;
}

/** Resolves with true if the server has bytes from `size`; with undefined if it does not answer. */
async function hasMore(request: PlainRequest, size: number): Promise<boolean | undefined> {
  const headers = new Headers(toInit(request).headers);
  headers.set('range', `bytes=${size}-`);
  // The request of a record has the mode `no-cors` in Chromium 156, which would drop the range (docs/decisions/0011).
  const rangeRequest = toRequest(request, { headers, mode: 'cors', cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
  const answer = await fetch(rangeRequest).catch(() => undefined);
  await answer?.body?.cancel();
  return answer && answer.status === 206;
}
