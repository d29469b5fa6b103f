/**
 * Types of the Background Fetch interfaces, for the native objects and those of the in-page engine.
 * Source: WICG/background-fetch, sections 6 (API) and 7 (service worker).
 */

/** Result of a background fetch; empty while it is active (§6.4). */
export type BackgroundFetchResult = '' | 'success' | 'failure';

/** Failure reason of a background fetch; empty while it is active or if it succeeded (§6.4). */
export type BackgroundFetchFailureReason =
  '' | 'aborted' | 'bad-status' | 'fetch-error' | 'quota-exceeded' | 'download-total-exceeded';

/** An icon of the download (W3C Image Resource). */
export interface ImageResource {
  /** URL, absolute or relative to the page. */
  src: string;
  /** Space-separated sizes in pixels, `"48x48 96x96"` or `"any"`. */
  sizes?: string;
  /** MIME type. */
  type?: string;
  /** Accessible name. */
  label?: string;
}

/** Title and icons in the browser's own interface (§6.2). */
export interface BackgroundFetchUIOptions {
  title?: string;
  icons?: ImageResource[];
}

/** The third argument of `BackgroundFetchManager.fetch()` (§6.2). */
export interface BackgroundFetchOptions extends BackgroundFetchUIOptions {
  /** Expected total size of all response bodies in bytes; 0 if unknown. A larger download fails. */
  downloadTotal?: number;
}

/** Request argument of `fetch()` and `match()`. */
export type BackgroundFetchRequests = RequestInfo | URL | readonly (RequestInfo | URL)[];

/** Starts background fetches and finds the active ones (§6.3). */
export interface BackgroundFetchManager {
  fetch(id: string, requests: BackgroundFetchRequests, options?: BackgroundFetchOptions): Promise<BackgroundFetchRegistration>;
  get(id: string): Promise<BackgroundFetchRegistration | undefined>;
  getIds(): Promise<string[]>;
}

/** One background fetch (§6.4). Sizes in bytes. Fires `progress`. */
export interface BackgroundFetchRegistration extends EventTarget {
  readonly id: string;
  readonly uploadTotal: number;
  readonly uploaded: number;
  readonly downloadTotal: number;
  readonly downloaded: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly recordsAvailable: boolean;
  onprogress: ((this: BackgroundFetchRegistration, event: Event) => unknown) | null;
  abort(): Promise<boolean>;
  match(request: RequestInfo | URL, options?: CacheQueryOptions): Promise<BackgroundFetchRecord | undefined>;
  matchAll(request?: RequestInfo | URL, options?: CacheQueryOptions): Promise<BackgroundFetchRecord[]>;
}

/** One request of a background fetch and its response (§6.5). */
export interface BackgroundFetchRecord {
  readonly request: Request;
  readonly responseReady: Promise<Response>;
}

/** `backgroundfetchabort` and `backgroundfetchclick` (§7.2). */
export interface BackgroundFetchEvent extends Event {
  readonly registration: BackgroundFetchRegistration;
  waitUntil(promise: Promise<unknown>): void;
}

/** `backgroundfetchsuccess` and `backgroundfetchfail` (§7.3). */
export interface BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
  updateUI(options?: BackgroundFetchUIOptions): Promise<void>;
}

/** Events of a worker for its background fetches (§7.1). */
export interface BackgroundFetchEventMap {
  backgroundfetchsuccess: BackgroundFetchUpdateUIEvent;
  backgroundfetchfail: BackgroundFetchUpdateUIEvent;
  backgroundfetchabort: BackgroundFetchEvent;
  backgroundfetchclick: BackgroundFetchEvent;
}
