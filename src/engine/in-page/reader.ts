/** What a page's fetches are to whoever remembers them, in a worker and in a page. */
import { deleteBody } from '../../bytes/bodies.js';
import type { BackgroundFetchManager } from '../../standard/background-fetch.js';
import { forgetFetch, listFetches } from './journal.js';
import { matchAll } from './match.js';
import { Registry } from './registry.js';
import { takeLeft } from './take-left.js';

/** Finds fetches that nobody has settled yet. */
export interface InPageReader extends Pick<BackgroundFetchManager, 'get' | 'getIds'> {
  /** Deletes what came of these URLs before their fetch failed, and the end of such a fetch that is not delivered yet. */
  forget(id: string, urls: readonly string[]): Promise<void>;
}

const registries = new Map<string, Registry>();

/** The registry of a scope, one in this realm. */
export function registryOf(scope: string): Registry {
  let registry = registries.get(scope);
  if (!registry) registries.set(scope, (registry = new Registry(scope, matchAll)));
  return registry;
}

/**
 * The fetches of a scope as the journal has them: the active ones, and those that have ended but whose event no page has delivered,
 * because it was closed or killed.
 */
export function inPageReader(scope: string): InPageReader {
  return {
    get: (id) => registryOf(scope).get(id, false),
    getIds: async () => [...new Set((await registryOf(scope).list(false)).map(({ id }) => id))],
    async forget(id, urls) {
      for (const fetch of await listFetches(scope)) if (fetch.id === id && fetch.result !== '') await forgetFetch(fetch, []);
      for (const body of await takeLeft(scope, urls)) await deleteBody(body, 'unless kept');
    },
  };
}
