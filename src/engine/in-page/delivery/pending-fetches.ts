/** Access of the manager to the fetches of the in-page engine, in a worker or a page. */
import { deleteBody } from '../../../bytes/bodies.js';
import type { BackgroundFetchManager } from '../../../standard/background-fetch.js';
import { clearAll } from '../clear-engine.js';
import { changeFetch, deleteFetch, listFetches } from '../state/journal.js';
import { Registry } from '../api/registry.js';
import { takePartialBodies } from '../state/partial-bodies.js';

/** Finds fetches that are not settled. */
export interface InPageReader extends Pick<BackgroundFetchManager, 'get' | 'getIds'> {
  /** Deletes the partial files of these URLs, and ended fetches of the id that are not settled. */
  deletePartialBodies(id: string, urls: readonly string[]): Promise<void>;
  /** Takes over fetches of another scope, which no page may run at the same time. */
  takeOver(from: string, ids: ReadonlySet<string>): Promise<void>;
  /** Aborts all fetches of the origin, of any scope, and deletes their data. */
  clear(): Promise<void>;
}

const registries = new Map<string, Registry>();

/** Creates the registry of a scope, once per realm. */
export function registryOf(scope: string): Registry {
  let registry = registries.get(scope);
  if (!registry) registries.set(scope, (registry = new Registry(scope)));
  return registry;
}

/**
 * Creates the access to the fetches of a scope in the journal: the active ones, and ended ones whose event was not delivered because the page was
 * closed or killed.
 */
export function inPageReader(scope: string): InPageReader {
  return {
    get: (id) => registryOf(scope).get(id, 'unsettled'),
    getIds: async () => [...new Set((await registryOf(scope).list('unsettled')).map(({ id }) => id))],
    async deletePartialBodies(id, urls) {
      for (const fetch of await listFetches(scope)) if (fetch.id === id && fetch.result !== '') await deleteFetch(fetch, []);
      for (const body of await takePartialBodies(scope, urls)) await deleteBody(body, 'unless kept');
    },
    async takeOver(from, ids) {
      for (const { id, uid } of await listFetches(from)) {
        if (!ids.has(id)) continue;
        // An id can be active only once per scope.
        await changeFetch(uid, (fetch) => ({ ...fetch, scope, active: fetch.active && scope })).catch(reportError);
        registryOf(scope).channel.post({ kind: 'added', uid });
      }
    },
    clear: () => clearAll(registryOf),
  };
}
