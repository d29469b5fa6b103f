/** Tells a request that is refused from a server out of reach, as far as a page can: browsers only say "failed to fetch". */
import type { PlainRequest } from '../../standard/plain-request.js';

/** How long the server may take to show that it is there, in milliseconds. */
const PROBE_TIME = 10_000;

/**
 * Says what refuses the request and will go on doing so, or undefined where the server is out of reach, which may pass. Asks the
 * same server in a way that needs no permission.
 */
export async function findRefusal({ url }: PlainRequest, signal: AbortSignal): Promise<string | undefined> {
  if (await isBlockedByPolicy(url)) return `the page's Content-Security-Policy (connect-src) does not allow "${url}"`;
  const { origin } = new URL(url);
  if (origin === location.origin || !(await isThere(url, signal))) return undefined;
  return (
    `${origin} answers, but does not let this page read "${url}" (CORS): ` +
    `it has to send "Access-Control-Allow-Origin: ${location.origin}", and to allow the request's method and headers`
  );
}

/** True when the page's own policy refuses the address. Where it refuses no address at all, the server hears nothing of it. */
export async function isBlockedByPolicy(url: string): Promise<boolean> {
  return (await isRefused(`${new URL(url).protocol}//bg-fetch.invalid/`)) && isRefused(url);
}

/** Asks the browser, not the network: a policy refuses a request before an abort in the same task can. */
async function isRefused(url: string): Promise<boolean> {
  const control = new AbortController();
  const answer = fetch(url, { method: 'HEAD', mode: 'no-cors', signal: control.signal });
  control.abort();
  return answer.then(
    () => false,
    (error: unknown) => error instanceof TypeError,
  );
}

async function isThere(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIME)]);
    await fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: patience });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
