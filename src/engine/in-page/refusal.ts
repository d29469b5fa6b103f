/** Tells a request that is refused from a server out of reach, as far as a page can: browsers only say "failed to fetch". */
import type { PlainRequest } from '../../standard/plain-request.js';

/** How long the server may take to show that it is there, in milliseconds. */
const PROBE_TIME = 10_000;

/**
 * Says what refuses the request and will go on doing so, or undefined where the server is out of reach, which may pass. Asks the
 * same server in a way that needs no permission, and listens for the page's own policy.
 */
export async function findRefusal({ url }: PlainRequest, signal: AbortSignal): Promise<string | undefined> {
  const { origin } = new URL(url);
  const answer = await probe(url, signal);
  if (typeof answer === 'object') {
    return `The page's Content-Security-Policy (${answer.effectiveDirective}) does not allow "${url}".`;
  }
  if (answer === 'silent' || origin === location.origin) return undefined;
  return (
    `${origin} answers, but does not let this page read "${url}" (CORS): ` +
    `it has to send "Access-Control-Allow-Origin: ${location.origin}", and to allow the request's method and headers.`
  );
}

async function probe(url: string, signal: AbortSignal): Promise<'answered' | 'silent' | SecurityPolicyViolationEvent> {
  const done = new AbortController();
  let violation: SecurityPolicyViolationEvent | undefined;
  const hear = (event: SecurityPolicyViolationEvent): void => {
    if (event.disposition === 'enforce' && url.startsWith(event.blockedURI)) violation = event;
  };
  document.addEventListener('securitypolicyviolation', hear, { signal: done.signal });
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIME)]);
    await fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: patience });
    return 'answered';
  } catch {
    signal.throwIfAborted();
    // The event comes in a task of its own, after the rejection in some browsers.
    await new Promise((resolve) => setTimeout(resolve));
    return violation ?? 'silent';
  } finally {
    done.abort();
  }
}
