/** The shape both engines have: the standard's manager, called in the page, and a name. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';

/** `native`: the browser's Background Fetch. `in-page`: the standard's interfaces over `fetch` in the page. */
export type EngineName = 'native' | 'in-page';

/**
 * Gives another request for one that the server refuses (401, 403, 410), as a signed address that has expired is; undefined where there
 * is none. What came so far is built on, and stored under the first address.
 */
export type Refresh = (request: Request, id: string) => RequestInfo | URL | undefined | Promise<RequestInfo | URL | undefined>;

/** Answers that an address which has expired gets. */
export const EXPIRED_STATUS: ReadonlySet<number> = new Set([401, 403, 410]);

/** Moves the bytes; remembers nothing that a page would miss. */
export interface Engine extends BackgroundFetchManager {
  readonly name: EngineName;
}
