/** Handles messages of pages about ended fetches of the in-page engine. */
import type { DeliveryAnswer, DeliveryMessage, InPageWorker } from '../engine/in-page/worker.js';

/** The used part of `ExtendableMessageEvent`, for the type library of pages. */
interface WorkerMessage extends Event {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
  waitUntil(promise: Promise<unknown>): void;
}

/** Settles the end and replies; the page repeats its message until then. An end that is not in the journal gets no reply. */
export function handleDeliveries(scope: EventTarget, inPage: InPageWorker): void {
  scope.addEventListener('message', (message) => {
    const event = message as WorkerMessage;
    const [port] = event.ports;
    if (!port || !isDelivery(event.data)) return;
    // The site's own listeners must not get this message.
    event.stopImmediatePropagation();
    const { event: type, uid } = event.data;
    const delivered = inPage.deliver(type, uid);
    event.waitUntil(delivered.then((isSettled) => isSettled && port.postMessage('settled' satisfies DeliveryAnswer)));
  });
}

/** End events. The in-page engine has no interface that could be clicked. */
const ENDS: ReadonlySet<unknown> = new Set<DeliveryMessage['event']>([
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchabort',
]);

export function isDelivery(data: unknown): data is DeliveryMessage {
  const { type, event, uid } = (data ?? {}) as Partial<Record<keyof DeliveryMessage, unknown>>;
  return type === 'bg-fetch-event' && ENDS.has(event) && typeof uid === 'string' && uid !== '';
}
