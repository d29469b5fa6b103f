/** Who settles the ends of fetches: a service worker where there is one. */
import type { BackgroundFetchEventMap } from '../../standard/background-fetch.js';

/** Takes end events. */
export interface InPageHost {
  /** Names the owner of the fetches in the journal: the registration's scope, or what that would be where there is none. */
  readonly scope: string;
  /** True when there is somebody to hand events to; a fetch is refused otherwise (standard §6.3.1). */
  readonly isActive: boolean;
  /**
   * Hands an event of the fetch `uid` to whoever settles it; resolves when its `waitUntil` promises have settled. At least once: a
   * crash before that repeats it. Rejects when the signal aborts: another page delivers it then.
   */
  deliver(type: keyof BackgroundFetchEventMap, uid: string, signal: AbortSignal): Promise<void>;
}

/** What the page tells the worker; the reply comes on the port. */
export interface DeliveryMessage {
  readonly type: 'bg-fetch-event';
  readonly event: keyof BackgroundFetchEventMap;
  readonly uid: string;
}

/** How long to wait for the worker before it is asked again, in milliseconds; asking also keeps it awake. */
const ASK_INTERVAL = 5000;

/** Hands events to the registration's active worker, waking it where it was stopped. */
export function workerHost(registration: ServiceWorkerRegistration): InPageHost {
  const { scope } = registration;
  return {
    scope,
    get isActive() {
      return registration.active !== null;
    },
    async deliver(event, uid, signal) {
      const message: DeliveryMessage = { type: 'bg-fetch-event', event, uid };
      while (!(await ask(await activeWorker(scope), message))) signal.throwIfAborted();
    },
  };
}

/** The worker may have been replaced or unregistered since; then a later one of the same scope settles. */
async function activeWorker(scope: string): Promise<ServiceWorker | null> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return registration?.scope === scope ? registration.active : null;
}

/** True once the worker has settled the event; false when it has not answered yet. */
async function ask(worker: ServiceWorker | null, message: DeliveryMessage): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = () => resolve(true);
    setTimeout(resolve, ASK_INTERVAL, false);
  });
  worker?.postMessage(message, [port2]);
  return answer.finally(() => port1.close());
}
