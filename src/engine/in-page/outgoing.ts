/** Makes the request that really goes out: past the HTTP cache and past any worker that answers stored URLs. */
import type { JournalRecord } from './journal.js';
import type { OutgoingRequest } from './mover.js';

/** The record's request as plain data, with `headers` added. */
export function outgoing({ request, requestBody }: JournalRecord, headers: readonly [string, string][]): OutgoingRequest {
  const { url, method, mode, credentials, redirect, referrer, referrerPolicy, integrity } = request;
  const init: RequestInit = {
    method,
    mode: mode === 'navigate' ? 'same-origin' : mode,
    credentials,
    redirect,
    // A worker made from a blob: has no address of its own to be the referrer.
    referrer: referrer === 'about:client' ? location.href : referrer,
    referrerPolicy,
    integrity,
    headers: [...request.headers.map(([name, value]): [string, string] => [name, value]), ...headers],
    // The worker's fetch handler lets such requests pass to the network.
    cache: 'no-store',
  };
  return { url, init: requestBody ? { ...init, body: requestBody } : init };
}
