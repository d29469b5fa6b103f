/** A site's own worker takes the manager in. */
/// <reference lib="webworker" />
import { createInPageHalf, type InPageHalf } from '../engine/in-page/worker.js';
import { serve, type ServeOptions } from './host.js';

export type { FetchPlan, FetchRecord } from '../manager/record.js';
export type { Policy, StoredFile } from '../manager/policy.js';
export type { Retention } from '../manager/retention.js';
export type { ServeOptions };

declare const self: ServiceWorkerGlobalScope;

/**
 * Makes this service worker remember, store and answer downloads. Call it once, while the script first runs.
 *
 * @example
 * import { serveBackgroundFetch } from 'bg-fetch-elements/service-worker';
 * serveBackgroundFetch();
 */
export function serveBackgroundFetch(options?: ServeOptions): void {
  let half: InPageHalf | undefined;
  const inPage = () => (half ??= createInPageHalf(self));
  serve(options, inPage);
  inPage();
}
