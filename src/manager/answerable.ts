/** Decides which stored responses may be answered to which requests: never more than the network would allow. */
import type { StoredResponse } from './stored-response.js';

/** Statuses without a whole body, which rows of 0.1 may have. */
const NO_FILE: ReadonlySet<number> = new Set([204, 205, 206]);

/** Returns true for the row of a whole, verified file. */
export function isAnswerable({ method, status, unverified }: StoredResponse): boolean {
  return method === 'GET' && !unverified && !NO_FILE.has(status);
}

/** Returns true if the response has the URL that it is stored under; false for rows of 0.1 without a final URL. */
export function isDirect({ url, finalUrl }: StoredResponse): boolean {
  return finalUrl === url;
}

/**
 * Returns true if the response may become a document. A document has the origin and policies of its URL, so the response must be same-origin
 * and not redirected.
 */
export function mayBeDocument(stored: StoredResponse): boolean {
  return isDirect(stored) && isOwn(stored.url);
}

/** Returns true if the request accepts the response: some reject redirected ones. */
export function permits({ mode, redirect }: Pick<Request, 'mode' | 'redirect'>, stored: StoredResponse): boolean {
  return isDirect(stored) || (redirect === 'follow' && mode !== 'same-origin');
}

/** Returns true for a same-origin URL. */
export function isOwn(url: string): boolean {
  return new URL(url).origin === location.origin;
}
