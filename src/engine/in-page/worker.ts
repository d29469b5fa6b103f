/** The worker's half: hears what a page delivers and dispatches the standard's events on `self`. */
import { deleteBody } from '../../bytes/bodies.js';
import type { BackgroundFetchManager } from '../../standard/background-fetch.js';
import { deliverEvent } from './delivery.js';
import { exposeBackgroundFetch, exposeEvents, hasBackgroundFetch } from './globals.js';
import type { DeliveryMessage } from './host.js';
import { forgetFetch, listFetches } from './journal.js';
import { InPageManager, refuseToStart } from './manager.js';
import { matchAll } from './match.js';
import { Registry } from './registry.js';
import { takeLeft } from './take-left.js';

/** What this uses of `ServiceWorkerGlobalScope`, so that a page's type library will do. */
export interface WorkerScope extends EventTarget {
  readonly registration: { readonly scope: string };
}

/** What this uses of an `ExtendableMessageEvent`. */
interface WorkerMessage extends Event {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
  waitUntil(promise: Promise<unknown>): void;
}

const registries = new Map<string, Registry>();

/** What a page's fetches are to whoever remembers them. */
export interface InPageReader extends Pick<BackgroundFetchManager, 'get' | 'getIds'> {
  /** Deletes what came of these URLs before their fetch failed, and the end of such a fetch that is not delivered yet. */
  forget(id: string, urls: readonly string[]): Promise<void>;
}

/**
 * The fetches of a scope that nobody has settled yet, as the journal has them: the active ones, and those that have ended but whose
 * event no page has delivered, because it was closed or killed. Works in a worker and in a page.
 */
export function inPageReader(scope: string): InPageReader {
  return {
    get: (id) => registryOf(scope).get(id, false),
    getIds: async () => [...new Set((await registryOf(scope).list(false)).map(({ id }) => id))],
    async forget(id, urls) {
      for (const fetch of await listFetches(scope)) if (fetch.id === id && fetch.result !== '') await forgetFetch(fetch, []);
      for (const body of await takeLeft(scope, urls)) await deleteBody(body, 'unless kept');
    },
  };
}

function registryOf(scope: string): Registry {
  let registry = registries.get(scope);
  if (!registry) registries.set(scope, (registry = new Registry(scope, matchAll)));
  return registry;
}

/**
 * Serves this engine's events in a worker, and the standard's interfaces where the browser has none; call it while the worker's
 * script first runs.
 */
export function serveInPageEvents(scope: WorkerScope): void {
  if (!hasBackgroundFetch()) {
    exposeBackgroundFetch(scope, (registration) => new InPageManager(registryOf(registration.scope), refuseToStart));
    exposeEvents(scope);
  }
  // A delivery that is repeated while it runs joins the one under way.
  const underWay = new Map<string, Promise<void>>();
  scope.addEventListener('message', (message) => {
    const event = message as WorkerMessage;
    const [port] = event.ports;
    if (!port || !isDelivery(event.data)) return;
    // The site's own listeners know nothing of this.
    event.stopImmediatePropagation();
    const { event: type, uid } = event.data;
    const settled =
      underWay.get(uid) ??
      deliverEvent(scope, registryOf(scope.registration.scope), type, uid).finally(() => underWay.delete(uid));
    underWay.set(uid, settled);
    event.waitUntil(settled.then(() => port.postMessage('settled')));
  });
}

function isDelivery(data: unknown): data is DeliveryMessage {
  return (data as Partial<DeliveryMessage> | null)?.type === 'bg-fetch-event';
}
