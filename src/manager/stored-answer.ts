/** Answers a request with a stored response, in the worker's `fetch` event and in a page. */
import type { StoredResponse } from './stored-response.js';
import { respond } from './ranges.js';
import { findResponse } from './response-store.js';

/** Resolves with the stored response to a request, whole or its range; with undefined if there is none that `permits` allows. */
export async function answerFrom(
  request: Request,
  permits: (stored: StoredResponse) => boolean = () => true,
): Promise<Response | undefined> {
  const stored = await findResponse(request.url);
  return stored && permits(stored) ? toAnswer(request, stored) : undefined;
}

/** Resolves with the response. Its `url` and `redirected` are the original ones; rows of 0.1 have no `url`. */
export async function toAnswer(request: Request, stored: StoredResponse): Promise<Response> {
  const { url, finalUrl = '' } = stored;
  const response = await respond(request, stored);
  return Object.defineProperties(response, {
    url: { value: finalUrl },
    redirected: { value: finalUrl !== '' && finalUrl !== url },
  });
}

/** Re-exported, so that it is loaded with this module, before it is needed without a network. */
export { assumedSpace } from '../bytes/bodies.js';
