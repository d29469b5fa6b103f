/** The client of a page: commands and records. The implementation of the commands is loaded on demand: see `commands.ts`. */
import type { EngineChoice } from '../engine/choose.js';
import type { FetchRecord } from '../manager/record.js';
import type { BackgroundFetchRequests } from '../standard/background-fetch.js';
import type { Commands } from './commands.js';
import type { ConnectOptions } from './connect.js';
import type { Resume } from './consent.js';
import { FetchStore, type FetchListener, type SubscribeOptions } from './fetch-store.js';
import { acting, Link } from './link.js';
import type { StartOptions } from './start-download.js';

export type { Resume, StartOptions };

/** Options of a client. */
export interface ClientOptions extends ConnectOptions {
  /** Engine of new downloads; `auto` by default. */
  engine?: EngineChoice | undefined;
}

/**
 * Client of a page. Commands change downloads; `records` shows the results. It lasts for the life of the page, so create one for all parts of a
 * page.
 */
export class BgFetchClient {
  /** The page's copy of the records. */
  readonly records = new FetchStore();
  readonly #link: Link;
  #ready: Promise<void> | undefined;
  #canDownload = isPage() && 'isSecureContext' in globalThis && isSecureContext;

  constructor(options: ClientOptions = {}) {
    this.#link = new Link(this.records, options, options.engine);
  }

  /** False without storage (an insecure origin, some private windows, a server): use a plain link there. */
  get canDownload(): boolean {
    return this.#canDownload;
  }

  /**
   * Resolves once the stored records are in `records`; changes since then follow a moment later. Rejects without storage, with
   * `NotSupportedError` on a server. So do all commands.
   */
  get ready(): Promise<void> {
    return (this.#ready ??= this.#open());
  }

  /**
   * Starts a download; resolves with its record, or with that of the active download with this id. Call it from a click handler: Chromium 156
   * requires a user gesture for every background fetch after the first (docs/decisions/0007). Rejects with `TypeError` for invalid arguments.
   */
  async start(id: string, requests: BackgroundFetchRequests, options: StartOptions = {}): Promise<FetchRecord> {
    return (await this.#commands()).start(id, requests, options);
  }

  /** Pauses a download and keeps its bytes; resolves with false if its engine cannot, as the native one. */
  async pause(id: string): Promise<boolean> {
    return (await this.#commands()).pause(id);
  }

  /** Resumes a paused, queued or waiting download at once, also on a metered connection; resolves with false if its engine cannot. */
  async resume(id: string): Promise<boolean> {
    return (await this.#commands()).resume(id);
  }

  /** Aborts a download at once and deletes its bytes, unlike `discard()`; resolves with false if it has ended. */
  async abort(id: string): Promise<boolean> {
    return (await this.#commands()).abort(id);
  }

  /** Starts a download again; stored files are not requested again. */
  async retry(id: string): Promise<FetchRecord> {
    return (await this.#commands()).retry(id);
  }

  /** Continues in this page a download that makes no progress in the native engine. */
  async moveInPage(id: string): Promise<FetchRecord> {
    return (await this.#commands()).moveInPage(id);
  }

  /**
   * Removes an ended download, or cancels an active one; `restore()` undoes that within `UNDO_TIME`, and a repeated call starts the time again. In
   * the page a cancelled download is paused; the native engine continues until it is aborted at the end of that time.
   */
  async discard(id: string): Promise<void> {
    return (await this.#commands()).discard(id);
  }

  /** Restores a removed or cancelled download. */
  async restore(id: string): Promise<void> {
    return (await this.#commands()).restore(id);
  }

  /**
   * Aborts all downloads of the origin and deletes all stored data: files, records, partial files. Nothing can be restored. Resolves when
   * everything is deleted. Call it at sign-out.
   */
  async clear(): Promise<void> {
    return (await this.#commands()).clear();
  }

  /** Resolves with the records of all downloads of the origin, checked against the stored files. */
  async list(): Promise<FetchRecord[]> {
    await (await this.#commands()).refresh();
    return this.records.values();
  }

  /** Resolves with the record of a download. */
  async get(id: string): Promise<FetchRecord | undefined> {
    await this.#commands();
    return this.records.get(id);
  }

  /** Resolves with the stored response to a request, whole or its range, with its original `url` and `redirected`; with undefined if there is none. */
  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    if (!hasDatabase()) throw notInPage();
    const { answerFrom } = await acting.load();
    return answerFrom(new Request(request));
  }

  /**
   * Resolves with the size of a download in bytes before its start, by one `HEAD` request per file and page; with 0 if it is unknown, and for
   * more than four files.
   */
  async sizeOf(requests: BackgroundFetchRequests, signal?: AbortSignal): Promise<number> {
    return (await this.#commands()).sizeOf(requests, signal);
  }

  /** Calls the listener for changes of one download or of all. */
  subscribe(listener: FetchListener, options?: SubscribeOptions): void {
    this.records.subscribe(listener, options);
  }

  /**
   * Resolves with the storage of this origin in bytes, and whether it is persistent. In browsers without an estimate it is the space for
   * downloads; without storage all values are 0.
   */
  async estimate(): Promise<{ usage: number; quota: number; persisted: boolean }> {
    const { storage } = navigatorHere();
    const assumed = async () => (await acting.load()).assumedSpace();
    const estimated = storage?.estimate?.() ?? (this.#canDownload ? assumed() : undefined);
    const { usage = 0, quota = 0 } = (await Promise.resolve(estimated).catch(toUndefined)) ?? {};
    return { usage, quota, persisted: (await storage?.persisted?.().catch(toUndefined)) ?? false };
  }

  /** Asks the browser for persistent storage; resolves with false if it refuses. */
  async persist(): Promise<boolean> {
    const { storage } = navigatorHere();
    return (await storage?.persist?.().catch(toUndefined)) ?? false;
  }

  async #open(): Promise<void> {
    if (!isPage()) throw notInPage();
    try {
      await this.#link.open();
    } catch (error) {
      this.#canDownload = false;
      console.warn(`bg-fetch-elements: nothing can be stored here, so downloads are links. ${(error as Error).message}`);
      throw error;
    }
  }

  async #commands(): Promise<Commands> {
    await this.ready;
    return this.#link.commands();
  }
}

/** Resolves with a default if the browser rejects: a sandboxed page with an opaque origin has no storage. */
const toUndefined = () => undefined;

function hasDatabase(): boolean {
  return 'indexedDB' in globalThis;
}

/** Returns false on a server, in a worker, and in a test environment without storage. */
function isPage(): boolean {
  return 'document' in globalThis && hasDatabase();
}

function notInPage(): DOMException {
  return new DOMException(
    'Failed to open the downloads: there is no document or no IndexedDB here. Call it in a page.',
    'NotSupportedError',
  );
}

/** Returns the navigator, whose members differ between browsers; a server may have none. */
function navigatorHere(): { readonly storage?: Partial<StorageManager> } {
  return (globalThis as { readonly navigator?: Navigator }).navigator ?? {};
}
