/** The manager in the page, where no service worker can have it. Loaded only there. */
import { createInPageEngine } from '../engine/in-page/index.js';
import { pageHost } from '../engine/in-page/page-host.js';
import { inPageReader } from '../engine/in-page/reader.js';
import type { Engine, Refresh } from '../engine/engine.js';
import type { BackgroundFetchEventMap } from '../standard/background-fetch.js';
import type { ManagerApi } from '../manager/api.js';
import { readRecord } from '../manager/database.js';
import { Manager } from '../manager/manager.js';
import type { ActiveFetches } from '../manager/reconcile.js';

/**
 * The manager of this page for a worker's scope, and the one engine it can have; what the browser's own engine moves there is left to it.
 * Rejects where nothing can be stored, before anything is begun.
 */
export async function localManager(
  scope: string,
  options: { readonly refresh?: Refresh },
  native: readonly ActiveFetches[],
): Promise<{ manager: ManagerApi; engine: Engine }> {
  await readRecord('');
  const ends = new EventTarget();
  const engine = createInPageEngine(pageHost(ends, scope), options);
  const reader = inPageReader(scope);
  const manager = new Manager(() => [...native, reader]);
  for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'] as const) {
    ends.addEventListener(type, (event) => {
      const end = event as BackgroundFetchEventMap[typeof type];
      end.waitUntil(manager.settle(end.registration));
    });
  }
  return { manager, engine };
}
