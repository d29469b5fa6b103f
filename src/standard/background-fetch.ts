/**
 * The interfaces of Background Fetch, as types: the browser's own objects and the in-page engine's both fit them.
 * Source: WICG/background-fetch, sections 6 (API) and 7 (service worker).
 */

/** How a background fetch ended; empty while it runs (§6.4). */
export type BackgroundFetchResult = '' | 'success' | 'failure';

/** Why a background fetch failed; empty while it runs or when it succeeded (§6.4). */
export type BackgroundFetchFailureReason =
  '' | 'aborted' | 'bad-status' | 'fetch-error' | 'quota-exceeded' | 'download-total-exceeded';

/** A picture that may stand for the download (W3C Image Resource). */
export interface ImageResource {
  /** Address, absolute or relative to the page. */
  src: string;
  /** Space-separated sizes in pixels, `"48x48 96x96"` or `"any"`. */
  sizes?: string;
  /** MIME type. */
  type?: string;
  /** Accessible name. */
  label?: string;
}

/** What the browser's own interface shows (§6.2). */
export interface BackgroundFetchUIOptions {
  title?: string;
  icons?: ImageResource[];
}

/** The third argument of `BackgroundFetchManager.fetch()` (§6.2). */
export interface BackgroundFetchOptions extends BackgroundFetchUIOptions {
  /** Expected size of all response bodies together, in bytes; 0 when unknown. More than this fails the fetch. */
  downloadTotal?: number;
}

/** What `fetch()` and `match()` take as a request. */
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

/** The events a worker hears of its background fetches (§7.1). */
export interface BackgroundFetchEventMap {
  backgroundfetchsuccess: BackgroundFetchUpdateUIEvent;
  backgroundfetchfail: BackgroundFetchUpdateUIEvent;
  backgroundfetchabort: BackgroundFetchEvent;
  backgroundfetchclick: BackgroundFetchEvent;
}
