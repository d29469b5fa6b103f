/**
 * The response to a repeated request of the native engine. After 429 and 5xx, Chromium 156 returns the later body with the head of the first response
 * (docs/decisions/0012). The headers of the later one are requested by `HEAD`.
 */
import { toRequest, type PlainRequest } from '../standard/plain-request.js';

/** Timeout of the request, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Resolves with the later response if its body was received whole: `HEAD` must succeed with the same size. Resolves with undefined if there is
 * none; then the body of `first` may be consumed.
 */
export async function laterResponse(request: PlainRequest, first: Response): Promise<Response | undefined> {
  if (request.method !== 'GET' || !isRepeated(first.status)) return undefined;
  const body = await first.blob();
  if (body.size === 0) return undefined;
  // The request of a record has the mode `no-cors` in Chromium 156, which would hide the headers (docs/decisions/0011).
  const headRequest = toRequest(request, {
    method: 'HEAD',
    mode: 'cors',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const head = await fetch(headRequest).catch(() => undefined);
  if (head?.status !== 200 || head.headers.has('content-encoding')) return undefined;
  if (Number(head.headers.get('content-length')) !== body.size) return undefined;
  return Object.defineProperty(new Response(body, head), 'url', { value: head.url });
}

function isRepeated(status: number): boolean {
  return status === 429 || status >= 500;
}
