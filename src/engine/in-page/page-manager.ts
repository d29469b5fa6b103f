/** The standard's manager in a page for the polyfill, with WebIDL conversion of arguments. */
import { toOptions, toRequestList } from './api/webidl.js';
import type { InPageHost } from './delivery/event-host.js';
import { InPageManager } from './api/background-fetch-manager.js';
import { openScope } from './open-scope.js';
import { startFetch } from './start.js';

/** Creates the manager of a scope in this page; it resumes the fetches of earlier pages at once. */
export function createInPageManager(host: InPageHost): InPageManager {
  const registry = openScope(host);
  return new InPageManager(registry, async (id, requests, options) =>
    startFetch(host, registry, id, toRequestList(requests), toOptions(options)),
  );
}
