/** Which requests may be fetched at all, before a single byte is: what Chromium refuses at the call is refused here too. */

/** Makes the request, or throws a TypeError that says what stands in the way. */
export function toPermitted(input: Request | string): Request {
  if (typeof input === 'string' && /[\t\n\r]/.test(input) && input.includes('<')) {
    throw new TypeError('its URL has a line break and a "<", as markup that was left open leaves them');
  }
  const request = new Request(input);
  const url = new URL(request.url);
  if (request.mode === 'no-cors') throw new TypeError(`"${url.href}" is a no-cors request, whose response no script may read`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError(`"${url.href}" is neither https: nor on this machine`);
  }
  if (BAD_PORTS.has(Number(url.port))) throw new TypeError(`port ${url.port} of "${url.href}" is blocked by browsers`);
  return request;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The "bad ports" of the Fetch standard (§2.9), without 0, which no URL is written with. */
const BAD_PORTS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113,
  115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556,
  563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
  6668, 6669, 6679, 6697, 10080,
]);
