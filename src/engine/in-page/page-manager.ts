/** The standard's manager in a page, as the polyfill gives it to scripts: it takes whatever they pass. */
import { toOptions, toRequestList } from './convert.js';
import type { InPageHost } from './host.js';
import { InPageManager } from './manager.js';
import { openScope } from './open-scope.js';
import type { MatchAll } from './registry.js';
import { startFetch } from './start.js';

/** Makes the manager of a scope in this page; it goes on with what earlier pages left as soon as it is made. */
export function createInPageManager(host: InPageHost, matchAll: MatchAll): InPageManager {
  const registry = openScope(host, matchAll);
  return new InPageManager(registry, async (id, requests, options) =>
    startFetch(host, registry, id, toRequestList(requests), toOptions(options)),
  );
}
