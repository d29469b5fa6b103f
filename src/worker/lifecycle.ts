/** Brings the worker's events to the manager, each inside its own `waitUntil`. */
/// <reference lib="webworker" />
import type { BackgroundFetchEventMap } from '../standard/background-fetch.js';
import type { Manager } from '../manager/manager.js';
import { readRecord } from '../manager/database.js';

type FetchEnd = BackgroundFetchEventMap[keyof BackgroundFetchEventMap] & Event;

const ENDS = [
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchabort',
] as const satisfies (keyof BackgroundFetchEventMap)[];

/** Hears the ends of both engines' fetches, and the click on the browser's own interface. */
export function hearFetches(scope: ServiceWorkerGlobalScope, manager: Manager, clicked?: (id: string) => unknown): void {
  for (const type of ENDS) {
    scope.addEventListener(type as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
      const end = event as FetchEnd;
      end.waitUntil(manager.settle(end.registration));
    });
  }
  scope.addEventListener('backgroundfetchclick' as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
    const click = event as FetchEnd;
    const { id } = click.registration;
    click.waitUntil(Promise.resolve(clicked ? clicked(id) : showPage(scope, id)));
  });
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
