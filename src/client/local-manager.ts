/** The manager in the page, loaded only if there is no service worker. */
import { createInPageEngine, inPageReader, pageHost, type JobRunnerOptions } from '../engine/in-page/index.js';
import type { Engine } from '../engine/engine.js';
import type { BackgroundFetchEventMap } from '../standard/background-fetch.js';
import type { ManagerApi } from '../manager/api.js';
import { checkWritable } from '../manager/database.js';
import { Manager } from '../manager/manager.js';
import type { ActiveFetches } from '../manager/reconcile.js';

/**
 * Resolves with the manager of this page for a scope, and its in-page engine; native fetches of the scope are left alone. Rejects without
 * storage, before anything is started.
 */
export async function localManager(
  scope: string,
  options: JobRunnerOptions,
  native: readonly ActiveFetches[],
): Promise<{ manager: ManagerApi; engine: Engine }> {
  await checkWritable();
  const ends = new EventTarget();
  const engine = createInPageEngine(pageHost(ends, scope), options);
  const reader = inPageReader(scope);
  const manager = new Manager(() => [...native, reader], {}, scope);
  for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'] as const) {
    ends.addEventListener(type, (event) => {
      const end = event as BackgroundFetchEventMap[typeof type];
      end.waitUntil(manager.settle(end.registration));
    });
  }
  return { manager, engine };
}
