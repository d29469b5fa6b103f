/** The native engine: Background Fetch of Chromium 74 and later. Only windows can start it (docs/decisions/0007 and 0008). */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';
import type { Engine } from './engine.js';

/** Returns the engine of this registration; undefined if the browser has none or denies it to this page. */
export function nativeEngine(registration: ServiceWorkerRegistration): Engine | undefined {
  if (!isNative() || window.top !== window) return undefined;
  const { backgroundFetch } = registration as ServiceWorkerRegistration & { backgroundFetch: BackgroundFetchManager };
  return {
    name: 'native',
    fetch: (id, requests, options) => backgroundFetch.fetch(id, requests, options),
    get: (id) => backgroundFetch.get(id),
    getIds: () => backgroundFetch.getIds(),
  };
}

/** Aborts all native fetches of all registrations of the origin. */
export async function abortAllNative(): Promise<void> {
  if (!isNative()) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    const { backgroundFetch } = registration as ServiceWorkerRegistration & { backgroundFetch: BackgroundFetchManager };
    for (const id of await backgroundFetch.getIds()) await (await backgroundFetch.get(id))?.abort();
  }
}

/** Returns true if Background Fetch is native, not a polyfill. */
function isNative(): boolean {
  return String(Reflect.get(globalThis, 'BackgroundFetchManager')).includes('[native code]');
}
