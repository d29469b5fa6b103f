/** Delivers end events to the service worker. */
import type { BackgroundFetchEventMap, BackgroundFetchFailureReason } from '../../../standard/background-fetch.js';
import type { JournalFetch } from '../state/journal.js';
import { deferred } from '../../../standard/older-browsers.js';

/** Receiver of end events. */
export interface InPageHost {
  /** Scope of the fetches in the journal: that of the registration, or its equivalent without a worker. */
  readonly scope: string;
  /** True if events can be delivered; otherwise a fetch is rejected (standard §6.3.1). */
  readonly isActive: boolean;
  /**
   * Delivers an event of the fetch `uid` at least once; resolves when its `waitUntil` promises have settled. Rejects when the signal
   * aborts: another page delivers it then.
   */
  deliver(type: keyof BackgroundFetchEventMap, uid: string, signal: AbortSignal): Promise<void>;
}

/** Message to the worker; the reply is sent on the port. */
export interface DeliveryMessage {
  readonly type: 'bg-fetch-event';
  readonly event: keyof BackgroundFetchEventMap;
  readonly uid: string;
}

const END_EVENTS: Partial<Record<BackgroundFetchFailureReason, keyof BackgroundFetchEventMap>> = {
  '': 'backgroundfetchsuccess',
  aborted: 'backgroundfetchabort',
};

/** Returns the end event of a fetch; undefined while it is active. */
export function endEventOf({ result, failureReason }: JournalFetch): keyof BackgroundFetchEventMap | undefined {
  return result === '' ? undefined : (END_EVENTS[failureReason] ?? 'backgroundfetchfail');
}

/** Reply of the worker once the event has settled. A site's own listeners may post other values on the same port. */
export type DeliveryAnswer = 'settled';

/** Interval between repeated messages to the worker, in milliseconds; they also keep it alive. */
const REPEAT_INTERVAL = 5000;

/** Creates a host that delivers events to the registration's active worker, starting it if needed. */
export function workerHost(registration: ServiceWorkerRegistration): InPageHost {
  const { scope } = registration;
  return {
    scope,
    get isActive() {
      return registration.active !== null;
    },
    async deliver(event, uid, signal) {
      const message: DeliveryMessage = { type: 'bg-fetch-event', event, uid };
      // A slow worker, or one that was unregistered, still replies to the first message.
      const { promise: settled, resolve } = deferred<true>();
      const ports: MessagePort[] = [];
      try {
        do {
          signal.throwIfAborted();
          ports.push(postTo(await activeWorker(scope), message, () => resolve(true)));
        } while (!(await Promise.race([settled, pause()])));
      } finally {
        for (const port of ports) port.close();
      }
    },
  };
}

/** Resolves with the active worker of the scope, which may have been replaced. */
async function activeWorker(scope: string): Promise<ServiceWorker | null> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return registration?.scope === scope ? registration.active : null;
}

/** Posts the message to the worker; returns the port of the reply, which calls `settled`. */
function postTo(worker: ServiceWorker | null, message: DeliveryMessage, settled: () => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (data === ('settled' satisfies DeliveryAnswer)) settled();
  };
  worker?.postMessage(message, [port2]);
  return port1;
}

function pause(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, REPEAT_INTERVAL));
}
