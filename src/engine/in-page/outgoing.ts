/** Makes the request that really goes out: past the HTTP cache and past any worker that answers stored URLs. */
import { toInit, type PlainRequest } from '../../standard/plain-request.js';
import type { OutgoingRequest } from './mover.js';

/** The request with its body, and with `headers` added. */
export function outgoing(
  request: PlainRequest,
  requestBody: ArrayBuffer | undefined,
  headers: readonly [string, string][],
): OutgoingRequest {
  const init: RequestInit = {
    ...toInit(request),
    // A worker made from a blob: has no address of its own to be the referrer.
    referrer: request.referrer === 'about:client' ? location.href : request.referrer,
    headers: [...(request.headers as [string, string][]), ...headers],
    // The worker's fetch handler lets such requests pass to the network.
    cache: 'no-store',
    ...(requestBody && { body: requestBody }),
  };
  return { url: request.url, init };
}
