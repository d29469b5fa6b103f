/** Handles the worker's Background Fetch events, each inside its `waitUntil`. */
/// <reference lib="webworker" />
import type { BackgroundFetchEvent, BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { delayDelivery } from '../engine/in-page/worker.js';
import type { Manager } from '../manager/manager.js';
import { isActivate } from '../manager/call.js';
import { readRecord } from '../manager/database.js';
import { withoutQuery } from '../manager/secrets.js';

/** Handles the end events of both engines, and clicks on the browser's interface. */
export function handleFetchEvents(scope: ServiceWorkerGlobalScope, manager: Manager, clicked?: (id: string) => unknown): void {
  const addHandler = (suffix: string, run: (registration: BackgroundFetchRegistration) => unknown) => {
    scope.addEventListener(`backgroundfetch${suffix}` as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
      const { registration } = event as BackgroundFetchEvent;
      const done = Promise.resolve(run(registration));
      if (!delayDelivery(event, done)) (event as BackgroundFetchEvent).waitUntil(done);
    });
  };
  for (const end of ['success', 'fail', 'abort']) addHandler(end, (registration) => manager.settle(registration));
  addHandler('click', ({ id }) => (clicked ? clicked(id) : showPage(scope, id)));
}

/** Claims pages that were loaded before the worker, so that they get stored files at once. */
export function claimPages(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
}

/** Activates this worker at the request of a page whose provider names it while a worker of another URL is active. */
export function activateOnRequest(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener('message', (event) => {
    if (isActivate(event.data)) event.waitUntil(scope.skipWaiting());
  });
}

/** Focuses the page that started the download, or another page of the site; opens one if there is none. */
async function showPage({ clients, registration }: ServiceWorkerGlobalScope, id: string): Promise<void> {
  const page = (await readRecord(id))?.page ?? registration.scope;
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const found = open.find(({ url }) => withoutQuery(url) === page) ?? open[0];
  if (found) await found.focus();
  else await clients.openWindow(page);
}
