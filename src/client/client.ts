/** What a page asks of its downloads, and what it may read of them. */
import type { BackgroundFetchRequests, ImageResource } from '../standard/background-fetch.js';
import type { FetchRecord } from '../manager/record.js';
import type { FetchListener, FetchStore, SubscribeOptions } from './fetch-store.js';

/** What `start()` takes beside the requests. */
export interface StartOptions {
  title?: string;
  icons?: ImageResource[];
  /** Expected size of all bodies together, in bytes. */
  downloadTotal?: number;
}

/** Commands go down and return nothing that is drawn; facts come up in `records`. */
export declare class BgFetchClient {
  /** The page's copy of the records. */
  readonly records: FetchStore;
  /** Settles once the records of earlier visits are in `records`. */
  readonly ready: Promise<void>;
  start(id: string, requests: BackgroundFetchRequests, options?: StartOptions): Promise<FetchRecord>;
  pause(id: string): Promise<boolean>;
  resume(id: string): Promise<boolean>;
  abort(id: string): Promise<boolean>;
  retry(id: string): Promise<FetchRecord>;
  /** Takes a settled download away; `restore()` brings it back within `UNDO_TIME`. */
  discard(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  list(): Promise<FetchRecord[]>;
  get(id: string): Promise<FetchRecord | undefined>;
  match(request: RequestInfo | URL): Promise<Response | undefined>;
  subscribe(listener: FetchListener, options?: SubscribeOptions): void;
}
