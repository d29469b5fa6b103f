/** The in-page engine: the standard's manager over `fetch` in the page. */
import type { Engine } from '../engine.js';
import { carry, type CarrierOptions } from './carrier.js';
import type { InPageHost } from './host.js';
import { InPageManager } from './manager.js';
import { own } from './ownership.js';
import { Registry, type MatchAll } from './registry.js';
import { startFetch } from './start.js';

export { workerHost, type InPageHost } from './host.js';

/** Makes the engine of a scope in this page; it goes on with what earlier pages left as soon as it is made. */
export function createInPageEngine(host: InPageHost, options?: CarrierOptions): Engine {
  return new InPageEngine(...partsOf(host, matchLater, options));
}

/** The same as the standard's manager and nothing more. */
export function createInPageManager(host: InPageHost, matchAll: MatchAll): InPageManager {
  return new InPageManager(...partsOf(host, matchAll));
}

class InPageEngine extends InPageManager implements Engine {
  readonly name = 'in-page';
}

const matchLater: MatchAll = async (...query) => (await import('./match.js')).matchAll(...query);

function partsOf(
  host: InPageHost,
  matchAll: MatchAll,
  options: CarrierOptions = {},
): ConstructorParameters<typeof InPageManager> {
  const registry = new Registry(host.scope, matchAll);
  own(`bg-fetch-in-page ${host.scope}`, (signal) => carry(host, registry.wire, options, signal));
  return [registry, (...request) => startFetch(host, registry, ...request)];
}
