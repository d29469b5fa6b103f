/** The browser's own Background Fetch (Chromium). It starts in a window only and asks for a click from the second start on. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';
import type { Engine } from './engine.js';

/** The engine of this registration; undefined where the browser has none, or not for this page. */
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

/** True when the browser itself has Background Fetch: a polyfill's class is no native code. */
function isNative(): boolean {
  return String(Reflect.get(globalThis, 'BackgroundFetchManager')).includes('[native code]');
}
