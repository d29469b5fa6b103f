/** Rejects requests that Chromium 156 rejects at the call (docs/decisions/0016). */
import { partRefusal } from '../../../standard/file-response.js';

/** Returns the request, or throws a `TypeError` with the reason. */
export function toPermitted(input: RequestInfo | URL): Request {
  const request = new Request(input);
  const { mode, url } = request;
  if (mode === 'no-cors') throw new TypeError(`"${url}" is a no-cors request, whose response no script may read`);
  if (!/^https?:/.test(url)) throw new TypeError(`"${url}" is not on https: or http:`);
  const part = partRefusal(request);
  if (part !== undefined) throw new TypeError(part);
  return request;
}
