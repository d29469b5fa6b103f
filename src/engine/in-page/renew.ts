/** Asks the page for another address where a server refuses one. */
import { toPlainRequest, toRequest, type PlainRequest } from '../../standard/plain-request.js';
import type { Refresh } from '../engine.js';

/** What to ask for in place of a request; undefined when the page knows nothing better, or fails to say it. */
export async function renewed(request: PlainRequest, id: string, refresh?: Refresh): Promise<PlainRequest | undefined> {
  try {
    const answer = await refresh?.(toRequest(request), id);
    if (answer === undefined) return undefined;
    const next =
      answer instanceof Request ? await toPlainRequest(answer) : { ...request, url: new URL(answer, location.href).href };
    if (/^https?:/.test(next.url)) return next;
    throw new TypeError(`Failed to refresh background fetch "${id}": "${next.url.slice(0, 80)}" is no http(s) URL.`);
  } catch (error) {
    reportError(error);
    return undefined;
  }
}
