/** Replaces requests that a server refuses, with the page's `refresh` hook. */
import { toPlainRequest, toRequest, type PlainRequest } from '../../../standard/plain-request.js';
import { EXPIRED_STATUS, type Refresh } from '../../engine.js';
import { currentOf, replace } from './current-request.js';
import type { Transport } from './transport.js';

/**
 * Returns a transport that sends the replacement of a request if there is one. If the server refuses it, asks for another replacement, once. Applies to
 * safe requests only.
 */
export function withRefresh(transport: Transport, id: string, refresh: Refresh): Transport {
  return {
    ...transport,
    async send(request, options) {
      const answer = await transport.send(currentOf(request), options);
      const isRefused = EXPIRED_STATUS.has(answer.head.status) && (request.method === 'GET' || request.method === 'HEAD');
      const next = isRefused ? await requestReplacement(request, id, refresh) : undefined;
      if (!next) return answer;
      replace(request, next);
      answer.cancel();
      return transport.send(next, options);
    },
  };
}

/** Resolves with the replacement; with undefined if the page has none or its hook throws. */
async function requestReplacement(request: PlainRequest, id: string, refresh: Refresh): Promise<PlainRequest | undefined> {
  try {
    const answer = await refresh(toRequest(request), id);
    if (answer === undefined) return undefined;
    const next = answer instanceof Request ? await toPlainRequest(answer) : withUrl(request, new URL(answer, location.href));
    if (/^https?:/.test(next.url)) return next;
    throw new TypeError(`Failed to refresh background fetch "${id}": "${next.url.slice(0, 80)}" is no http(s) URL.`);
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/** Returns the request with another URL. Another origin gets no headers that may contain credentials, unless the page returns a `Request`. */
function withUrl(request: PlainRequest, url: URL): PlainRequest {
  const isSameOrigin = url.origin === new URL(request.url).origin;
  const headers = isSameOrigin ? request.headers : request.headers.filter(([name]) => SAFE_HEADERS.has(name.toLowerCase()));
  return { ...request, headers, url: url.href };
}

const SAFE_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language', 'content-type']);
