/** Requests that the page has replaced, because a server refused their URL. */
import type { PlainRequest } from '../../../standard/plain-request.js';

const replaced = new WeakMap<PlainRequest, PlainRequest>();

/** Returns the request to send in place of a request of the fetch: the one that the page last gave, or the same. */
export function currentOf(request: PlainRequest): PlainRequest {
  return replaced.get(request) ?? request;
}

/** Sends `next` in place of the request from now on. */
export function replace(request: PlainRequest, next: PlainRequest): void {
  replaced.set(request, next);
}
