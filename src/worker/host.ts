/** Host of the manager in the service worker. */
/// <reference lib="webworker" />
import type { InPageWorker } from '../engine/in-page/worker.js';
import { Manager } from '../manager/manager.js';
import type { Policy } from '../manager/policy.js';
import type { ActiveFetches } from '../manager/reconcile.js';
import { answerStored } from './answer.js';
import { handleDeliveries } from './deliveries.js';
import { activateOnRequest, claimPages, handleFetchEvents } from './lifecycle.js';
import { serveCommands } from './serve.js';

/** Options of a site's worker. */
export interface ServeOptions extends Policy {
  /** Claims pages that were loaded before the worker was active (`clients.claim()`); true by default. */
  claim?: boolean;
  /** Called after a click on the browser's interface; by default a page of the site is shown. */
  clicked?: (id: string) => unknown;
}

declare const self: ServiceWorkerGlobalScope & { registration: { backgroundFetch?: ActiveFetches } };

/** Interface of the downloads for a site's own worker. */
export interface Served {
  /** Aborts all downloads of the origin and deletes all stored data, as `client.clear()`. Resolves when everything is deleted. */
  clear(): Promise<void>;
}

/** Serves both engines. */
export function serve({ claim = true, clicked, ...policy }: ServeOptions = {}, inPage: InPageWorker): Served {
  const native = self.registration.backgroundFetch;
  const manager = new Manager(() => (native ? [native, inPage] : [inPage]), policy, self.registration.scope);
  handleDeliveries(self, inPage);
  handleFetchEvents(self, manager, clicked);
  const list = answerStored(self);
  // After its first answer, a page finds all stored URLs served, documents included.
  serveCommands(self, manager, () => list.settled());
  activateOnRequest(self);
  if (claim) claimPages(self);
  return { clear: () => manager.clear() };
}
