/**
 * Background Fetch in pages of browsers that have none: importing this defines `registration.backgroundFetch` and its interfaces.
 * The worker's half is in `bg-fetch-elements/service-worker`. Where quota errors have no class of their own, they get one.
 *
 * What a page cannot do as the standard says:
 * - Bytes move only while a page of the origin is open; the next one goes on by itself.
 * - Requests pass the site's own `fetch` handler (they are `no-store`, so that it can let them pass); the standard's do not.
 * - A redirect to another origin, and a request that needs a preflight, follow the rules for `fetch` in a page.
 * - Events are made by script: `isTrusted` is false, and the browser shows nothing that `updateUI()` could change.
 * - `uploaded` counts a request's body when its answer comes, because `fetch` tells nothing before.
 * - The permission `background-fetch` is not asked for, because such browsers do not know it.
 *
 * Where Chromium and the standard differ, this does as Chromium does: an empty id is refused; the methods of a query and a record have
 * to be the same unless `ignoreMethod` is given; what comes with an error's status is not kept; 408, 425, 429, 502, 503 and 504 are
 * tried again before they are a failure.
 */
import { installBackgroundFetch } from './install.js';

installBackgroundFetch();
