/** Makes the request that really goes out: past the HTTP cache and past any worker that answers stored URLs. */
import { toInit, type PlainRequest } from '../../standard/plain-request.js';
import type { OutgoingRequest, Sending } from './mover.js';

/** The request with its body, and with `headers` added. */
export function outgoing(request: PlainRequest, { requestBody, headers }: Sending): OutgoingRequest {
  const init: RequestInit = {
    ...toInit(request),
    // A worker made from a blob: has no address of its own to be the referrer.
    referrer: request.referrer === 'about:client' ? location.href : request.referrer,
    headers: [...(request.headers as [string, string][]), ...headers],
    // The worker's fetch handler lets such requests pass to the network.
    cache: 'no-store',
    body: requestBody ?? null,
  };
  return { url: request.url, init };
}
