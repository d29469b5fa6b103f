/** Finds the reason of a failed request, because browsers only report "failed to fetch". */
import type { PlainRequest } from '../../../standard/plain-request.js';
import { isBlockedByPolicy, isMixed } from './csp.js';
import { anySignal } from '../../../standard/older-browsers.js';

/** Timeout of the reachability check, in milliseconds. */
const PROBE_TIME = 10_000;

/** Reason why a request fails every time. */
export interface Refusal {
  readonly reason: string;
  /** False if the request may have failed because there was no network, which is there again. */
  readonly isCertain: boolean;
}

/**
 * Resolves with the permanent reason of a failed request; with undefined if the server is unreachable, which may be temporary. Sends a
 * `no-cors` request to the same server. Rejects when the signal aborts.
 */
export async function findRefusal({ url }: PlainRequest, signal: AbortSignal): Promise<Refusal | undefined> {
  if (await isBlockedByPolicy(url)) {
    signal.throwIfAborted();
    return { reason: policyRefusal(url), isCertain: true };
  }
  const { origin } = new URL(url);
  if (origin === location.origin || !(await isThere(url, signal))) return undefined;
  const reason =
    `${origin} answers, but does not let this page read "${url}" (CORS): ` +
    `it has to send "Access-Control-Allow-Origin: ${location.origin}", and to allow the request's method and headers`;
  return { reason, isCertain: false };
}

export function policyRefusal(url: string): string {
  return isMixed(url)
    ? `a page on https: may not ask for "${url}" (mixed content): it has to come by https:`
    : `the page's Content-Security-Policy (connect-src) does not allow "${url}"`;
}

async function isThere(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const timeout = anySignal(signal, AbortSignal.timeout(PROBE_TIME));
    await fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: timeout });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

export function findBadPort(requests: readonly Request[]): string | undefined {
  return requests.map(({ url }) => new URL(url).port).find((port) => BAD_PORTS.has(Number(port)));
}

/** The "bad ports" of the Fetch standard (§2.9), without 0, which no URL is written with. */
const BAD_PORTS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113,
  115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556,
  563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
  6668, 6669, 6679, 6697, 10080,
]);
