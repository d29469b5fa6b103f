/**
 * Polyfill of Background Fetch for pages: importing this defines `registration.backgroundFetch` and its interfaces, and
 * `QuotaExceededError` if it is missing. The part for the worker is in `bg-fetch-elements/service-worker`.
 *
 * Departures that a page cannot avoid:
 * - Downloads run only while a page of the origin is open; the next page resumes them.
 * - Requests go through the site's own `fetch` handler (with `no-store`, so that it can ignore them).
 * - A redirect to another origin, and a request that needs a preflight, follow the rules for `fetch` in a page.
 * - Events are created by script: `isTrusted` is false; there is no browser interface for `updateUI()` to change.
 * - `unregister()` does not abort fetches: the next registration of the scope gets their end events.
 * - `uploaded` includes a request's body once its response arrives, because `fetch` reports no upload progress.
 * - The permission `background-fetch` is not requested, because such browsers do not know it.
 *
 * Where Chromium 156 and the standard differ, this follows Chromium (docs/decisions/0016): an empty id is rejected; a query matches only records of
 * its own method unless `ignoreMethod` is set; the body of an error status is not kept; 408, 425, 429, 502, 503 and 504 are retried before they fail.
 */
import { installBackgroundFetch } from '../engine/in-page/install.js';

installBackgroundFetch();
