/** Turns the end of a fetch into its event, wherever that is heard. */
import type { BackgroundFetchEventMap } from '../../standard/background-fetch.js';
import { createEvent, dispatchExtendable } from './events.js';
import { readFetch } from './journal.js';
import type { Registry } from './registry.js';

/** Dispatches the event of a fetch on `target` and waits for its listeners; a fetch that is forgotten already needs none. */
export async function deliverEvent(
  target: EventTarget,
  registry: Registry,
  type: keyof BackgroundFetchEventMap,
  uid: string,
): Promise<void> {
  const fetch = await readFetch(uid);
  if (fetch) await dispatchExtendable(target, createEvent(type, await registry.instance(fetch)));
}
