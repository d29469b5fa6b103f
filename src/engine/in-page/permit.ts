/** Which requests may be fetched at all, before a single byte is: what Chromium refuses at the call is refused here too. */

/** Makes the request, or throws a TypeError that says what stands in the way. */
export function toPermitted(input: RequestInfo | URL): Request {
  const request = new Request(input);
  const { mode, url } = request;
  if (mode === 'no-cors') throw new TypeError(`"${url}" is a no-cors request, whose response no script may read`);
  if (!/^https?:/.test(url)) throw new TypeError(`"${url}" is not on https: or http:`);
  return request;
}
