/** `BackgroundFetchEvent` and `BackgroundFetchUpdateUIEvent`, as the standard has them (§6.6, §6.7), for events this engine dispatches. */
import type {
  BackgroundFetchEvent,
  BackgroundFetchEventMap,
  BackgroundFetchRegistration,
  BackgroundFetchUIOptions,
  BackgroundFetchUpdateUIEvent,
} from '../../standard/background-fetch.js';
import { toUIOptions } from './convert.js';
import { InPageRegistration } from './registration.js';

/** In a worker the events are extendable ones; a page has no such class. */
const Extendable = (globalThis as unknown as { ExtendableEvent?: typeof Event }).ExtendableEvent ?? Event;

/** The dictionary of the constructors. */
export interface InPageEventInit extends EventInit {
  registration: BackgroundFetchRegistration;
}

/** The promises an event waits for, as long as it is active, and those besides; only events dispatched by the engine have them. */
const [pending, pendingBesides] = [new WeakMap<Event, Set<Promise<unknown>>>(), new WeakMap<Event, Set<Promise<unknown>>>()];

/** Tells of an abort or a click. */
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

  /** The browser's own refuses events that a script dispatches. What is waited for `besides` keeps no event active for others. */
  waitUntil(promise: Promise<unknown>, besides?: true): void {
    const promises = (besides ? pendingBesides : pending).get(this);
    if (!promises) throw inactive('waitUntil');
    const done = Promise.resolve(promise)
      .catch(reportError)
      .finally(() => promises.delete(done));
    promises.add(done);
  }
}

/** Tells of success or failure, and takes a last word for the browser's interface. */
export class InPageUpdateUIEvent extends InPageEvent implements BackgroundFetchUpdateUIEvent {
  #updated = false;

  /** Nothing of this engine is shown by the browser, so there is nothing to change; the options are still checked. */
  updateUI(options: BackgroundFetchUIOptions = {}): Promise<void> {
    return new Promise((resolve) => {
      toUIOptions(options);
      if (this.#updated || !pending.has(this)) throw inactive('updateUI');
      this.#updated = true;
      resolve();
    });
  }
}

/** Makes the event of this type. */
export function createEvent(type: keyof BackgroundFetchEventMap, registration: BackgroundFetchRegistration): InPageEvent {
  const hasUI = type === 'backgroundfetchsuccess' || type === 'backgroundfetchfail';
  return hasUI ? new InPageUpdateUIEvent(type, { registration }) : new InPageEvent(type, { registration });
}

/** Dispatches the event; resolves when everything passed to its `waitUntil` has settled, what was passed meanwhile included. */
export async function dispatchExtendable(target: EventTarget, event: InPageEvent): Promise<void> {
  const [promises, besides] = [new Set<Promise<unknown>>(), new Set<Promise<unknown>>()];
  pending.set(event, promises);
  pendingBesides.set(event, besides);
  target.dispatchEvent(event);
  while (promises.size > 0) await Promise.all(promises);
  pending.delete(event);
  await Promise.all(besides);
}

function inactive(method: string): DOMException {
  return new DOMException(
    `Failed to execute '${method}': the event is over, or was not made by the engine.`,
    'InvalidStateError',
  );
}
