/** The in-page engine: the standard's manager over `fetch` in the page. */
import type { Engine } from '../engine.js';
import type { CarrierOptions } from './carrier.js';
import type { InPageHost } from './host.js';
import { openScope } from './open-scope.js';
import type { MatchAll } from './registry.js';
import { startFetch } from './start.js';

export { workerHost, type InPageHost } from './host.js';

/** Makes the engine of a scope in this page; it goes on with what earlier pages left as soon as it is made. */
export function createInPageEngine(host: InPageHost, options?: CarrierOptions): Engine {
  const registry = openScope(host, matchLater, options);
  return {
    name: 'in-page',
    fetch: (...start) => startFetch(host, registry, ...start),
    get: (id) => registry.get(id),
    getIds: () => registry.getIds(),
  };
}

const matchLater: MatchAll = async (...query) => (await import('./match.js')).matchAll(...query);
