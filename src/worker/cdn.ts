/** The whole worker of a site that has none, and what others take in with `importScripts()`. */
/// <reference lib="webworker" />
import type { InPageHalf } from '../engine/in-page/worker.js';
import { toScriptUrl } from '../standard/script-url.js';
import { serve, type ServeOptions } from './host.js';

declare const self: ServiceWorkerGlobalScope & { bgFetchOptions?: ServeOptions; bgFetchInPage?: InPageHalf };

/** Where this script came from: the other lies beside it. One that another imported is told so by its errors alone, in Firefox as it was named. */
const here = new URL(/[^\s@(]+(?=:\d+:\d)/.exec(new Error().stack ?? '')?.[0] ?? '', location.href);

serve(self.bgFetchOptions, inPage);
// Browsers with Background Fetch of their own run it when there is need; while they install this, they take it in for then.
// Firefox has no `self.serviceWorker`.
if (!('backgroundFetch' in self.registration) || self.serviceWorker?.state !== 'activated') inPage();

function inPage(): InPageHalf {
  if (!self.bgFetchInPage) importScripts(toScriptUrl(new URL('service-worker-in-page.js', here)));
  return self.bgFetchInPage as InPageHalf;
}
