/** `BackgroundFetchEvent` and `BackgroundFetchUpdateUIEvent` (§6.6, §6.7) for events of this engine. */
import type {
  BackgroundFetchEvent,
  BackgroundFetchEventMap,
  BackgroundFetchRegistration,
  BackgroundFetchUIOptions,
  BackgroundFetchUpdateUIEvent,
} from '../../../standard/background-fetch.js';
import { toUIOptions } from './webidl.js';
import { InPageRegistration } from './registration.js';

/** `ExtendableEvent` in a worker; a page has no such class. */
const Extendable = (globalThis as unknown as { ExtendableEvent?: typeof Event }).ExtendableEvent ?? Event;

/** Dictionary of the constructors. */
export interface InPageEventInit extends EventInit {
  registration: BackgroundFetchRegistration;
}

/** Promises that keep an event active; only active events of the engine have them. */
const active = new WeakMap<Event, Set<Promise<unknown>>>();

/** Promises that only delay the answer to the page. */
const deliveryDelays = new WeakMap<Event, Promise<unknown>[]>();

/** Event of an abort or a click. */
export class InPageEvent extends Extendable implements BackgroundFetchEvent {
  readonly #registration: BackgroundFetchRegistration;

  constructor(type: string, init: InPageEventInit) {
    super(type, init);
    if (!(init.registration instanceof InPageRegistration)) throw new TypeError(`An event "${type}" needs a registration.`);
    this.#registration = init.registration;
  }

  get registration(): BackgroundFetchRegistration {
    return this.#registration;
  }

  /** Extends the event; the native method rejects events that a script dispatches. */
  waitUntil(promise: Promise<unknown>): void {
    if (!(#registration in this)) throw new TypeError('Illegal invocation');
    const promises = active.get(this);
    if (!promises) throw inactive('waitUntil');
    const done = Promise.resolve(promise)
      .catch(reportError)
      .finally(() => promises.delete(done));
    promises.add(done);
  }
}

/** Event of success or failure, which can update the browser's interface. */
export class InPageUpdateUIEvent extends InPageEvent implements BackgroundFetchUpdateUIEvent {
  #updated: boolean;

  constructor(type: string, init: InPageEventInit) {
    super(type, init);
    this.#updated = false;
  }

  /** Checks the options; the browser has no interface for this engine that could be updated. */
  updateUI(options: BackgroundFetchUIOptions = {}): Promise<void> {
    return new Promise((resolve) => {
      const isUpdated = this.#updated;
      toUIOptions(options);
      if (isUpdated || !active.has(this)) throw inactive('updateUI');
      this.#updated = true;
      resolve();
    });
  }
}

export function createEvent(type: keyof BackgroundFetchEventMap, registration: BackgroundFetchRegistration): InPageEvent {
  const hasUI = type === 'backgroundfetchsuccess' || type === 'backgroundfetchfail';
  return hasUI ? new InPageUpdateUIEvent(type, { registration }) : new InPageEvent(type, { registration });
}

/**
 * Delays the end of the dispatch until the promise has settled, without keeping the event active for the site's listeners. Returns false for an
 * event that is not of the engine.
 */
export function delayDelivery(event: Event, promise: Promise<unknown>): boolean {
  return (deliveryDelays.get(event)?.push(promise.catch(reportError)) ?? 0) > 0;
}

/** Dispatches the event; resolves when all promises passed to its `waitUntil` have settled, including later ones, and the delaying ones. */
export async function dispatchExtendable(target: EventTarget, event: InPageEvent): Promise<void> {
  const promises = new Set<Promise<unknown>>();
  const delays: Promise<unknown>[] = [];
  active.set(event, promises);
  deliveryDelays.set(event, delays);
  target.dispatchEvent(event);
  while (promises.size > 0) await Promise.all(promises);
  active.delete(event);
  await Promise.all(delays);
}

function inactive(method: string): DOMException {
  return new DOMException(
    `Failed to execute '${method}': the event is over, or was not made by the engine.`,
    'InvalidStateError',
  );
}
