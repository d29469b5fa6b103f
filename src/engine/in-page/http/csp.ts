/** Detects URLs that the page's policy blocks, without a request to the network (docs/decisions/0015). */

/** Resolves with true if the page's policy blocks the URL. Without any policy no request is made to the server. */
export async function isBlockedByPolicy(url: string): Promise<boolean> {
  return (await isRefused(`${new URL(url).protocol}//bg-fetch.invalid/`)) && isRefused(url);
}

/** Returns true for `http:` on an `https:` page (Mixed Content §4.4). WebKitGTK 2.50 blocks loopback too (docs/decisions/0015). */
export function isMixed(url: string): boolean {
  return location.protocol === 'https:' && url.startsWith('http:');
}

/**
 * Resolves with true if the browser blocks the request: a policy does so before an abort in the same task, and reports it (CSP3 §5.5). During
 * a navigation WebKitGTK 2.50 rejects every request without a report (docs/decisions/0015). The worker ignores `no-store`.
 */
async function isRefused(url: string): Promise<boolean> {
  const listening = new AbortController();
  const reported = new Promise<true>((resolve) => {
    const report = ({ disposition, blockedURI }: SecurityPolicyViolationEvent) => {
      if (disposition === 'enforce' && url.startsWith(blockedURI)) resolve(true);
    };
    document.addEventListener('securitypolicyviolation', report, listening);
  });
  const control = new AbortController();
  const answer = fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', signal: control.signal });
  control.abort();
  try {
    await answer;
    return false;
  } catch (error) {
    if (!(error instanceof TypeError)) return false;
    // Mixed content is blocked without a report.
    return isMixed(url) || (await Promise.race([reported, reportTimeout()]));
  } finally {
    listening.abort();
  }
}

/** Time for the browser to report a violation, in milliseconds. */
const REPORT_TIMEOUT = 1000;

function reportTimeout(): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, REPORT_TIMEOUT, false));
}
