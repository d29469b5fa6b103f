/** Answers requests for stored URLs; ignores all others (docs/decisions/0021). */
/// <reference lib="webworker" />
import { isOwn, permits } from '../manager/answerable.js';
import { onChange } from '../manager/changes.js';
import { answerFrom } from '../manager/stored-answer.js';
import { StoredList, type UrlState } from './stored-list.js';

/** Timeout of the database before the request goes to the network, in milliseconds. */
const TIMEOUT = 10_000;

/** Destinations that may get a stored file. Scripts, styles, fonts, manifests and workers are never answered, because they are trusted. */
const FILES: ReadonlySet<RequestDestination> = new Set(['', 'audio', 'image', 'track', 'video']);

/** Destinations that make a document of the response. */
const DOCUMENTS: ReadonlySet<RequestDestination> = new Set(['document', 'embed', 'frame', 'iframe', 'object']);

/**
 * Handles `fetch` events; returns the list of stored URLs. Requests that have to wait for the list are handled so that the site's other listeners
 * get them if they are not stored: the browser sends the request of an element again, and a request of `fetch()` waits only if no other listener
 * responds to it. A listener that is added in a microtask of the script's first run is called last.
 */
export function answerStored(scope: ServiceWorkerGlobalScope): StoredList {
  const list = new StoredList();
  onChange((change) => list.handleChange(change));
  const listen = (mayWait: (request: Request) => boolean) =>
    scope.addEventListener('fetch', (event) => {
      const { request } = event;
      if (!mayBeStored(request)) return;
      const state = list.stateOf(request.url);
      if (state === 'unsure' ? mayWait(request) : isAnswered(request, state)) event.respondWith(respond(event, list));
    });
  listen((request) => isOfElement(request) && mayBeHeld(request));
  queueMicrotask(() => listen((request) => !isOfElement(request)));
  return list;
}

/** Returns false for destinations that are never answered, and cache modes that always use the network, as the in-page engine does. */
function mayBeStored({ destination, method, cache, url }: Request): boolean {
  const isFile = FILES.has(destination) || DOCUMENTS.has(destination);
  return (
    isFile && (method === 'GET' || method === 'HEAD') && cache !== 'no-store' && cache !== 'reload' && url.startsWith('http')
  );
}

function isAnswered({ destination }: Request, state: UrlState): boolean {
  return state === 'document' || (state === 'stored' && !DOCUMENTS.has(destination));
}

/** Returns false for a request of `fetch()` or `XMLHttpRequest`, which a redirect would change for the page. */
function isOfElement({ destination }: Request): boolean {
  return destination !== '';
}

/** A navigation waits only while the browser is offline, and a `no-cors` image of another origin is rarely stored (docs/decisions/0021). */
function mayBeHeld({ destination, mode, url }: Request): boolean {
  if (DOCUMENTS.has(destination)) return !navigator.onLine && isOwn(url);
  return destination !== 'image' || mode !== 'no-cors' || isOwn(url);
}

/** Resolves with the stored response or that of the network, which is first if the request revalidates or nothing is stored. */
async function respond(event: FetchEvent, list: StoredList): Promise<Response> {
  const { request } = event;
  if (list.stateOf(request.url) === 'unsure') await list.settled();
  const isStored = isAnswered(request, list.stateOf(request.url));
  // Media elements do not revalidate themselves; only a reload of their page sets this mode.
  const isFresh = request.cache === 'no-cache' && (DOCUMENTS.has(request.destination) || !isOfElement(request));
  const stored = isStored && !isFresh ? await answer(request) : undefined;
  if (stored) return stored;
  try {
    return await send(event, !isStored);
  } catch (error) {
    const fallback = isStored ? await answer(request) : undefined;
    if (fallback) return fallback;
    throw error;
  }
}

/** Resolves with the stored response; with undefined if there is none or the database does not answer. */
function answer(request: Request): Promise<Response | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT);
  });
  const found = answerFrom(request, (stored) => permits(request, stored)).catch((error: unknown) => reportError(error));
  return Promise.race([found, timeout])
    .then((response) => response ?? undefined)
    .finally(() => clearTimeout(timer));
}

/**
 * Sends a request that waited but is not stored. The request of an element is redirected to its own URL, so that the browser sends it with the
 * page's policy and metadata (`Sec-Fetch-*`) instead of the worker's, and the other listeners get it.
 */
async function send(event: FetchEvent, mayRedirect: boolean): Promise<Response> {
  const { request } = event;
  const preloaded = (await event.preloadResponse) as Response | undefined;
  if (preloaded) return preloaded;
  return mayRedirect && isOfElement(request) ? Response.redirect(request.url, 307) : fetch(request);
}
