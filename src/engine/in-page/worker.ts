/** The worker's half: the standard's interfaces and events where the browser has none, and what a page's fetches have come to. */
import type { BackgroundFetchEventMap } from '../../standard/background-fetch.js';
import { deliverEvent } from './delivery.js';
import { exposeBackgroundFetch, exposeEvents, hasBackgroundFetch } from './globals.js';
import { InPageManager, refuseToStart } from './manager.js';
import { inPageReader, registryOf, type InPageReader } from './reader.js';

export type { DeliveryMessage } from './host.js';

/** What this uses of `ServiceWorkerGlobalScope`, so that a page's type library will do. */
export interface WorkerScope extends EventTarget {
  readonly registration: { readonly scope: string };
}

/** What a worker needs of the in-page engine. */
export interface InPageHalf extends InPageReader {
  /** Dispatches an event of a fetch that a page has seen to its end; resolves when what listeners passed to `waitUntil` has settled. */
  deliver(type: keyof BackgroundFetchEventMap, uid: string): Promise<void>;
}

/** Makes the half of a worker; where the browser has no Background Fetch, while the worker's script first runs. */
export function createInPageHalf(scope: WorkerScope): InPageHalf {
  if (!hasBackgroundFetch()) {
    exposeBackgroundFetch(scope, (registration) => new InPageManager(registryOf(registration.scope), refuseToStart));
    exposeEvents(scope);
  }
  // A delivery that is repeated while it runs joins the one under way.
  const underWay = new Map<string, Promise<void>>();
  return {
    ...inPageReader(scope.registration.scope),
    deliver(type, uid) {
      const settled =
        underWay.get(uid) ??
        deliverEvent(scope, registryOf(scope.registration.scope), type, uid).finally(() => underWay.delete(uid));
      underWay.set(uid, settled);
      return settled;
    },
  };
}
