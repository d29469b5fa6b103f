/** A site's worker written to the standard alone, with this engine's half served; it stores what it is given in Cache. */
import { createInPageWorker, type WorkerScope } from '../../../src/engine/in-page/worker.js';
import type { BackgroundFetchEventMap, BackgroundFetchUpdateUIEvent } from '../../../src/standard/background-fetch.js';
import { handleDeliveries } from '../../../src/worker/deliveries.js';

/** What this worker uses of its scope, without the worker's type library. */
interface Scope extends WorkerScope {
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as Scope;
const inPage = createInPageWorker(scope);
handleDeliveries(scope, inPage);

scope.addEventListener('install', () => void scope.skipWaiting());

const TYPES: (keyof BackgroundFetchEventMap)[] = ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'];
for (const type of TYPES) {
  scope.addEventListener(type, (event) => {
    const end = event as BackgroundFetchUpdateUIEvent;
    end.waitUntil(store(end));
  });
}

const channel = new BroadcastChannel('site-worker');

/** Resolves when the test has said so. */
function allowed(): Promise<void> {
  return new Promise((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      if (data === 'go on') resolve();
    });
  });
}

async function store({ type, registration }: BackgroundFetchUpdateUIEvent): Promise<void> {
  const { id, result, failureReason } = registration;
  if (id.startsWith('slow')) {
    channel.postMessage(`holds ${id}`);
    await allowed();
  }
  const cache = await caches.open(`stored ${id}`);
  if (result === 'success') {
    for (const { request, responseReady } of await registration.matchAll()) await cache.put(request, await responseReady);
  }
  await cache.put('/end', Response.json({ type, result, failureReason, recordsAvailable: registration.recordsAvailable }));
  channel.postMessage(id);
}
