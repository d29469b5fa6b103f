/** What the browser lets this page ask for: it does not say it, but can be asked without a word to the network. */

/** True when the page's own policy refuses the address. Where it refuses no address at all, the server hears nothing of it. */
export async function isBlockedByPolicy(url: string): Promise<boolean> {
  return (await isRefused(`${new URL(url).protocol}//bg-fetch.invalid/`)) && isRefused(url);
}

/** True for `http:` on a page of `https:`, which browsers refuse (Mixed Content §4.4), WebKit on loopback too. */
export function isMixed(url: string): boolean {
  return location.protocol === 'https:' && url.startsWith('http:');
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
