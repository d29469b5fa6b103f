/** The engine in the service worker: the standard's interfaces and events, and delivery of the ends of fetches. */
import type { BackgroundFetchEventMap } from '../../standard/background-fetch.js';
import { deliverEvent } from './delivery/deliver-event.js';
import { exposeBackgroundFetch, exposeEvents, hasBackgroundFetch } from './api/expose.js';
import { InPageManager, refuseToStart } from './api/background-fetch-manager.js';
import { inPageReader, registryOf, type InPageReader } from './delivery/pending-fetches.js';

export { delayDelivery } from './api/background-fetch-events.js';
export type { DeliveryAnswer, DeliveryMessage } from './delivery/event-host.js';

/** The used part of `ServiceWorkerGlobalScope`, for the type library of pages. */
export interface WorkerScope extends EventTarget {
  readonly registration: { readonly scope: string };
}

/** Interface of the in-page engine in a worker. */
export interface InPageWorker extends InPageReader {
  /**
   * Dispatches the event of a fetch of this scope that ended in a page; resolves when its `waitUntil` promises have settled, with false if
   * the journal has no such end.
   */
  deliver(type: keyof BackgroundFetchEventMap, uid: string): Promise<boolean>;
}

/** Creates the engine of a worker. In browsers without Background Fetch it must be called during the first run of the script. */
export function createInPageWorker(scope: WorkerScope): InPageWorker {
  if (!hasBackgroundFetch()) {
    exposeBackgroundFetch(scope, (registration) => new InPageManager(registryOf(registration.scope), refuseToStart));
    exposeEvents(scope);
  }
  // A repeated delivery joins the pending one.
  const underWay = new Map<string, Promise<boolean>>();
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
