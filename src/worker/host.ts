/** The manager's host in the service worker. */
/// <reference lib="webworker" />
import type { InPageHalf } from '../engine/in-page/worker.js';
import { Manager } from '../manager/manager.js';
import type { Policy } from '../manager/policy.js';
import type { ActiveFetches } from '../manager/reconcile.js';
import { answerStored } from './answer.js';
import { hearDeliveries } from './deliveries.js';
import { claimPages, hearFetches } from './lifecycle.js';
import { serveCommands } from './serve.js';

/** What a site may decide; every part may be left out. */
export interface ServeOptions extends Policy {
  /** Whether the worker takes over pages that loaded before it (`clients.claim()`); true by default. */
  claim?: boolean;
  /** Answers a click on the browser's own interface; by default a page of the site is shown. */
  clicked?: (id: string) => unknown;
}

declare const self: ServiceWorkerGlobalScope & { registration: { backgroundFetch?: ActiveFetches } };

/** Serves both engines; `inPage` gives the in-page one's half when there is need of it, and may put its own Background Fetch where there is none. */
export function serve({ claim = true, clicked, ...policy }: ServeOptions = {}, inPage: () => InPageHalf): void {
  const native = self.registration.backgroundFetch;
  const manager = new Manager(() => (native ? [native, inPage()] : [inPage()]), policy);
  hearDeliveries(self, inPage);
  hearFetches(self, manager, clicked);
  serveCommands(self, manager);
  answerStored(self);
  if (claim) claimPages(self);
}
