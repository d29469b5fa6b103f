/** Answers requests for stored URLs and leaves every other alone. */
/// <reference lib="webworker" />
import { hear } from '../manager/changes.js';
import { storedUrls, withoutFragment } from '../manager/response-store.js';
import { answerFrom } from '../manager/stored-answer.js';

/** Hears `fetch`. Until the list of stored URLs is read, once after each wake, a request has to wait for it. */
export function answerStored(scope: ServiceWorkerGlobalScope): void {
  let stored: Set<string> | undefined;
  let reading: Promise<Set<string>> | undefined;
  const read = () =>
    (reading ??= storedUrls().then((urls) => {
      stored = urls;
      return urls;
    }));
  const forget = () => {
    stored = reading = undefined;
  };
  hear((change) => {
    if ('gone' in change || change.record.result !== '' || change.record.discardedAt) forget();
  });

  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    if (!mayBeStored(request) || stored?.has(withoutFragment(request.url)) === false) return;
    event.respondWith(
      read()
        .then((urls) => (urls.has(withoutFragment(request.url)) ? answerFrom(request) : undefined))
        .catch((error: unknown) => {
          forget();
          scope.reportError(error);
        })
        .then(async (response) => response ?? ((await event.preloadResponse) as Response | undefined) ?? fetch(request)),
    );
  });
}

/** `no-store` and `reload` ask for the network: so do the in-page engine's own requests. */
function mayBeStored({ method, cache, url }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && cache !== 'no-store' && cache !== 'reload' && url.startsWith('http');
}
