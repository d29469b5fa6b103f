/** A site's worker written to the standard alone, with this engine's half served; it stores what it is given in Cache. */
import { createInPageHalf, type WorkerScope } from '../../src/engine/in-page/worker.js';
import type { BackgroundFetchEventMap, BackgroundFetchUpdateUIEvent } from '../../src/standard/background-fetch.js';
import { hearDeliveries } from '../../src/worker/deliveries.js';

/** What this worker uses of its scope, without the worker's type library. */
interface Scope extends WorkerScope {
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as Scope;
const inPage = createInPageHalf(scope);
hearDeliveries(scope, () => inPage);

scope.addEventListener('install', () => void scope.skipWaiting());

const TYPES: (keyof BackgroundFetchEventMap)[] = ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'];
for (const type of TYPES) {
  scope.addEventListener(type, (event) => {
    const end = event as BackgroundFetchUpdateUIEvent;
    end.waitUntil(store(end));
  });
}

async function store({ type, registration }: BackgroundFetchUpdateUIEvent): Promise<void> {
  const { id, result, failureReason } = registration;
  const cache = await caches.open(`stored ${id}`);
  if (result === 'success') {
    for (const { request, responseReady } of await registration.matchAll()) await cache.put(request, await responseReady);
  }
  await cache.put('/end', Response.json({ type, result, failureReason, recordsAvailable: registration.recordsAvailable }));
  new BroadcastChannel('site-worker').postMessage(id);
}
