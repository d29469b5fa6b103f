/** Hears from a page that the in-page engine has brought a fetch to its end. */
import type { DeliveryMessage, InPageHalf } from '../engine/in-page/worker.js';

/** What this uses of an `ExtendableMessageEvent`, so that a page's type library will do. */
interface WorkerMessage extends Event {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
  waitUntil(promise: Promise<unknown>): void;
}

/** Hears it, and answers once it is settled: the page asks again until then. */
export function hearDeliveries(scope: EventTarget, inPage: () => InPageHalf): void {
  scope.addEventListener('message', (message) => {
    const event = message as WorkerMessage;
    const [port] = event.ports;
    if (!port || !isDelivery(event.data)) return;
    // The site's own listeners know nothing of this.
    event.stopImmediatePropagation();
    const { event: type, uid } = event.data;
    event.waitUntil(
      inPage()
        .deliver(type, uid)
        .then(() => port.postMessage('settled')),
    );
  });
}

function isDelivery(data: unknown): data is DeliveryMessage {
  return (data as Partial<DeliveryMessage> | null)?.type === 'bg-fetch-event';
}
