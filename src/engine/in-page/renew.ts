/** Asks the page for another address where a server refuses one. */
import { toPlainRequest, toRequest, type PlainRequest } from '../../standard/plain-request.js';
import { EXPIRED_STATUS, type Refresh } from '../engine.js';
import type { Mover } from './mover.js';

/** What is asked for in place of a request, once the page has said so. */
const instead = new WeakMap<PlainRequest, PlainRequest>();

/**
 * Sends what the page has given in place of a request, once it has; where the server refuses that, what the page gives then, once. Only
 * requests that may be sent again.
 */
export function renewing(mover: Mover, id: string, refresh: Refresh): Mover {
  return {
    ...mover,
    async send(request, sending) {
      const answer = await mover.send(instead.get(request) ?? request, sending);
      const isRefused = EXPIRED_STATUS.has(answer.head.status) && (request.method === 'GET' || request.method === 'HEAD');
      const next = isRefused ? await renewed(request, id, refresh) : undefined;
      if (!next) return answer;
      instead.set(request, next);
      answer.cancel();
      return mover.send(next, sending);
    },
  };
}

/** Undefined when the page knows nothing better, or fails to say it. */
async function renewed(request: PlainRequest, id: string, refresh: Refresh): Promise<PlainRequest | undefined> {
  try {
    const answer = await refresh(toRequest(request), id);
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
