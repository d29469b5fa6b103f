/** Entry for a site's own service worker. */
/// <reference lib="webworker" />
import { createInPageWorker, type InPageWorker } from '../engine/in-page/worker.js';
import { serve, type Served, type ServeOptions } from './host.js';

export type { FetchPlan, FetchRecord } from '../manager/record.js';
export type { Policy, StoredFile } from '../manager/policy.js';
export type { Retention } from '../manager/retention.js';
export type { Served, ServeOptions };

declare const self: ServiceWorkerGlobalScope;

// The standard's interfaces are defined at import, because a site's own code may use them before the call below.
const inPage = 'registration' in globalThis ? createInPageWorker(self) : undefined;

/**
 * Makes this service worker store and answer downloads. Call it once, during the first run of the script.
 *
 * @example
 * import { serveBackgroundFetch } from 'bg-fetch-elements/service-worker';
 * serveBackgroundFetch();
 */
export function serveBackgroundFetch(options?: ServeOptions): Served {
  return serve(options, inPage as InPageWorker);
}
