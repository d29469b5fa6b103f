/** Installs the in-page engine as the browser's Background Fetch, and goes on with what earlier pages left. */
import { exposeBackgroundFetch, hasBackgroundFetch } from '../engine/in-page/globals.js';
import { workerHost } from '../engine/in-page/host.js';
import { listFetches } from '../engine/in-page/journal.js';
import { exposeClass } from '../engine/in-page/interfaces.js';
import { matchAll } from '../engine/in-page/match.js';
import { createInPageManager } from '../engine/in-page/page-manager.js';
import { QuotaExceededError } from './quota-exceeded-error.js';

/** Does nothing where the browser has Background Fetch, or no service workers. */
export function installBackgroundFetch(): void {
  if (hasBackgroundFetch() || typeof navigator === 'undefined' || !('serviceWorker' in navigator)) return;
  if (!('QuotaExceededError' in globalThis)) exposeClass(globalThis, 'QuotaExceededError', QuotaExceededError);
  const managerOf = exposeBackgroundFetch(globalThis, (registration) => createInPageManager(workerHost(registration), matchAll));
  void goOn(managerOf);
}

async function goOn(managerOf: (registration: ServiceWorkerRegistration) => unknown): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    const fetches = await listFetches(registration.scope);
    // The manager, once there, goes on by itself.
    if (fetches.length > 0) managerOf(registration);
  }
}
