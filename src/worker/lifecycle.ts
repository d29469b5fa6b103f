/** Brings the worker's events to the manager, each inside its own `waitUntil`. */
/// <reference lib="webworker" />
import type { BackgroundFetchEventMap } from '../standard/background-fetch.js';
import type { Manager } from '../manager/manager.js';

type FetchEnd = BackgroundFetchEventMap[keyof BackgroundFetchEventMap] & Event;

const ENDS = [
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchabort',
] as const satisfies (keyof BackgroundFetchEventMap)[];

/** Hears the ends of both engines' fetches, and the click on the browser's own interface. */
export function hearFetches(scope: ServiceWorkerGlobalScope, manager: Manager): void {
  for (const type of ENDS) {
    scope.addEventListener(type as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
      const end = event as FetchEnd;
      end.waitUntil(manager.settle(end.registration));
    });
  }
  scope.addEventListener('backgroundfetchclick' as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
    (event as FetchEnd).waitUntil(showPage(scope));
  });
}

/** Takes over pages that loaded before the worker, so that stored files answer them at once. */
export function claimPages(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
}

async function showPage({ clients, registration }: ServiceWorkerGlobalScope): Promise<void> {
  const [page] = await clients.matchAll({ type: 'window' });
  if (page) await page.focus();
  else await clients.openWindow(registration.scope);
}
