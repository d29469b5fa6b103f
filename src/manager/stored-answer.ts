/** Answers a request from what is stored: the same in the worker's `fetch` event and in a page. */
import { respond } from './ranges.js';
import { findResponse } from './response-store.js';

/** The stored response for a request, whole or the range it asks for; undefined when its URL is not stored. */
export async function answerFrom(request: Request): Promise<Response | undefined> {
  const stored = await findResponse(request.url);
  return stored && respond(request, stored);
}

/** Is at hand with the rest, where there is no network. */
export { untoldSpace } from '../bytes/bodies.js';
