/** Interface of both engines: the standard's manager in the page, and a name. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';

/** `native`: the browser's Background Fetch. `in-page`: the standard's interfaces over `fetch` in the page. */
export type EngineName = 'native' | 'in-page';

/**
 * Returns a replacement for a request that the server refused (401, 403, 410), such as an expired signed URL; undefined if there is none.
 * The download resumes from the stored bytes and stays keyed by its original URL. A URL of another origin is requested without the
 * headers of the first request, which may contain credentials; return a `Request` to send headers.
 */
export type Refresh = (request: Request, id: string) => RequestInfo | URL | undefined | Promise<RequestInfo | URL | undefined>;

/** Statuses of responses to an expired URL. */
export const EXPIRED_STATUS: ReadonlySet<number> = new Set([401, 403, 410]);

/** Downloads requests. Stores no state that the page depends on. */
export interface Engine extends BackgroundFetchManager {
  readonly name: EngineName;
}
