/** Dispatches the end event of a fetch. */
import type { BackgroundFetchEventMap } from '../../../standard/background-fetch.js';
import { createEvent, dispatchExtendable } from '../api/background-fetch-events.js';
import { endEventOf } from './event-host.js';
import { readFetch } from '../state/journal.js';
import type { Registry } from '../api/registry.js';

/**
 * Dispatches the event of a fetch on `target` and waits for its `waitUntil` promises. Resolves with true, also for a fetch that is
 * already deleted; with false, without an event, if the fetch has not ended this way or is of another scope.
 */
export async function deliverEvent(
  target: EventTarget,
  registry: Registry,
  type: keyof BackgroundFetchEventMap,
  uid: string,
): Promise<boolean> {
  const fetch = await readFetch(uid);
  if (!fetch) return true;
  if (fetch.scope !== registry.scope || type !== endEventOf(fetch)) return false;
  await dispatchExtendable(target, createEvent(type, await registry.instance(fetch)));
  return true;
}
