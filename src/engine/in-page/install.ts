/** Installs the in-page engine as the browser's Background Fetch, and resumes the fetches of earlier pages. */
import { exposeBackgroundFetch, hasBackgroundFetch } from './api/expose.js';
import { workerHost } from './delivery/event-host.js';
import { listFetches } from './state/journal.js';
import { exposeClass } from './api/webidl-class.js';
import { createInPageManager } from './page-manager.js';
import { QuotaExceededError } from './api/quota-exceeded-error.js';

/** Has no effect in browsers with Background Fetch or without service workers. */
export function installBackgroundFetch(): void {
  if (hasBackgroundFetch() || typeof navigator === 'undefined' || !('serviceWorker' in navigator)) return;
  if (!('QuotaExceededError' in globalThis)) exposeClass(globalThis, 'QuotaExceededError', QuotaExceededError);
  const managerOf = exposeBackgroundFetch(globalThis, (registration) => createInPageManager(workerHost(registration)));
  // A sandboxed page with an opaque origin has neither workers nor storage.
  resumeFetches(managerOf).catch(() => undefined);
}

async function resumeFetches(managerOf: (registration: ServiceWorkerRegistration) => unknown): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    const fetches = await listFetches(registration.scope);
    // The manager resumes them once it is created.
    if (fetches.length > 0) managerOf(registration);
  }
}
