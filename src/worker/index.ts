/** The manager's host in the service worker. */
/// <reference lib="webworker" />
import { inPageReader, serveInPageEvents } from '../engine/in-page/worker.js';
import { Manager } from '../manager/manager.js';
import type { Policy } from '../manager/policy.js';
import type { ActiveFetches } from '../manager/reconcile.js';
import { answerStored } from './answer.js';
import { claimPages, hearFetches } from './lifecycle.js';
import { serveCommands } from './serve.js';

export type { FetchPlan, FetchRecord } from '../manager/record.js';
export type { Policy, StoredFile } from '../manager/policy.js';
export type { Retention } from '../manager/retention.js';

/** What a site may decide; every part may be left out. */
export interface ServeOptions extends Policy {
  /** Whether the worker takes over pages that loaded before it (`clients.claim()`); true by default. */
  claim?: boolean;
  /** Answers a click on the browser's own interface; by default a page of the site is shown. */
  clicked?: (id: string) => unknown;
}

declare const self: ServiceWorkerGlobalScope & { registration: { backgroundFetch?: ActiveFetches } };

/**
 * Makes this service worker remember, store and answer downloads. Call it once, while the script first runs.
 *
 * @example
 * import { serveBackgroundFetch } from 'bg-fetch-elements/service-worker';
 * serveBackgroundFetch();
 */
export function serveBackgroundFetch({ claim = true, clicked, ...policy }: ServeOptions = {}): void {
  const native = self.registration.backgroundFetch;
  serveInPageEvents(self);
  const inPage = inPageReader(self.registration.scope);
  const manager = new Manager(native ? [native, inPage] : [inPage], policy);
  hearFetches(self, manager, clicked);
  serveCommands(self, manager);
  answerStored(self);
  if (claim) claimPages(self);
}
