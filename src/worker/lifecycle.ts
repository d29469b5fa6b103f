/** Brings the worker's events to the manager, each inside its own `waitUntil`. */
/// <reference lib="webworker" />
import type { BackgroundFetchEvent, BackgroundFetchRegistration } from '../standard/background-fetch.js';
import type { Manager } from '../manager/manager.js';
import { readRecord } from '../manager/database.js';

/** An event of the in-page engine does not stay active for the site's listeners while the manager is at work; the browser's do. */
interface EndEvent extends BackgroundFetchEvent {
  waitUntil(promise: Promise<unknown>, besides?: true): void;
}

/** Hears the ends of both engines' fetches, and the click on the browser's own interface. */
export function hearFetches(scope: ServiceWorkerGlobalScope, manager: Manager, clicked?: (id: string) => unknown): void {
  const hear = (what: string, obey: (registration: BackgroundFetchRegistration) => unknown) => {
    scope.addEventListener(`backgroundfetch${what}` as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
      const end = event as EndEvent;
      end.waitUntil(Promise.resolve(obey(end.registration)), true);
    });
  };
  for (const end of ['success', 'fail', 'abort']) hear(end, (registration) => manager.settle(registration));
  hear('click', ({ id }) => (clicked ? clicked(id) : showPage(scope, id)));
}

/** Takes over pages that loaded before the worker, so that stored files answer them at once. */
export function claimPages(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
}

/** Shows the page that started the download where it is open, else another of the site's; where none is, opens it. */
async function showPage({ clients, registration }: ServiceWorkerGlobalScope, id: string): Promise<void> {
  const page = (await readRecord(id))?.page ?? registration.scope;
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = open.find(({ url }) => url === page) ?? open[0];
  if (there) await there.focus();
  else await clients.openWindow(page);
}
