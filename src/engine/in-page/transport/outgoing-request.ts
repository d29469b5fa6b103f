/** Builds the request for the network: it bypasses the HTTP cache and the worker's stored responses. */
import { toInit, type PlainRequest } from '../../../standard/plain-request.js';
import type { OutgoingRequest, SendOptions } from './transport.js';

/** Returns the request with its body and additional `headers`. */
export function toOutgoing(request: PlainRequest, { requestBody, headers }: SendOptions): OutgoingRequest {
  const init: RequestInit = {
    ...toInit(request),
    // A blob: worker has no URL that could be the referrer (docs/decisions/0020). The query of the page's URL may contain secrets.
    referrer: request.referrer === 'about:client' ? (location.href.split(/[?#]/, 1)[0] ?? '') : request.referrer,
    referrerPolicy: request.referrerPolicy || policyOfPage(),
    headers: [...(request.headers as [string, string][]), ...headers],
    // The service worker's fetch handler ignores such requests.
    cache: 'no-store',
    body: requestBody ?? null,
  };
  return { url: request.url, init };
}

/** Returns the referrer policy of the page's markup, which blob: workers in Chromium 156 do not inherit (docs/decisions/0020) */
function policyOfPage(): ReferrerPolicy {
  const written = [...document.querySelectorAll<HTMLMetaElement>('meta[name="referrer" i]')].map(({ content }) => content.trim());
  return (written.findLast((policy) => POLICIES.has(policy)) ?? '') as ReferrerPolicy;
}

const POLICIES: ReadonlySet<string> = new Set([
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]);
