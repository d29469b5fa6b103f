/** The in-page engine: the standard's manager based on `fetch` in the page. */
import type { Engine } from '../engine.js';
import type { JobRunnerOptions } from './run/job-runner.js';
import type { InPageHost } from './delivery/event-host.js';
import { openScope } from './open-scope.js';
import { startFetch } from './start.js';

export { workerHost, type InPageHost } from './delivery/event-host.js';
export { pageHost } from './delivery/page-host.js';
export { inPageReader, registryOf, type InPageReader } from './delivery/pending-fetches.js';
export type { JobRunnerOptions } from './run/job-runner.js';

/** Creates the engine of a scope in this page; it resumes the fetches of earlier pages at once. */
export function createInPageEngine(host: InPageHost, options?: JobRunnerOptions): Engine {
  const registry = openScope(host, options);
  return {
    name: 'in-page',
    fetch: (...start) => startFetch(host, registry, ...start),
    get: (id) => registry.get(id),
    getIds: () => registry.getIds(),
  };
}
