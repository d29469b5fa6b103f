/** What a page asks of its downloads, and what it may read of them. What it takes to obey is loaded apart: see `commands.ts`. */
import type { EngineChoice } from '../engine/choose.js';
import type { FetchRecord } from '../manager/record.js';
import type { BackgroundFetchRequests } from '../standard/background-fetch.js';
import type { Commands } from './commands.js';
import type { ConnectOptions } from './connect.js';
import { FetchStore, type FetchListener, type SubscribeOptions } from './fetch-store.js';
import { Link } from './link.js';
import { OnDemand } from './on-demand.js';
import type { StartOptions } from './start.js';

export type { StartOptions };

/** How a client is made. */
export interface ClientOptions extends ConnectOptions {
  /** Who moves the bytes; `auto` by default. */
  engine?: EngineChoice | undefined;
}

const answers = new OnDemand(() => import('../manager/stored-answer.js'));

/** Commands go down and return nothing that is drawn; facts come up in `records`. */
export class BgFetchClient {
  /** The page's copy of the records. */
  readonly records = new FetchStore();
  readonly #link: Link;
  #ready: Promise<void> | undefined;
  #canDownload = isSecureContext && 'indexedDB' in globalThis;

  constructor(options: ClientOptions = {}) {
    this.#link = new Link(this.records, options, options.engine);
  }

  /** False where nothing can be stored (an insecure origin, a private window without storage): offer a plain link there. */
  get canDownload(): boolean {
    return this.#canDownload;
  }

  /**
   * Resolves once the records of earlier visits are in `records`, as they were written down: what happened to them since is told a moment
   * later. Rejects where nothing can be stored.
   */
  get ready(): Promise<void> {
    return (this.#ready ??= this.#open());
  }

  /**
   * Starts a download, or gives back the one of this id that is active already. Call it inside the click: from the second
   * start on Chromium asks for one. Rejects with `TypeError` for arguments that cannot be obeyed.
   */
  async start(id: string, requests: BackgroundFetchRequests, options: StartOptions = {}): Promise<FetchRecord> {
    return (await this.#commands()).start(id, requests, options);
  }

  /** Holds a download and keeps its bytes; false where its engine cannot, as the browser's own. */
  async pause(id: string): Promise<boolean> {
    return (await this.#commands()).pause(id);
  }

  /** Goes on with a held, queued or waiting download at once, on a metered line too; false where its engine cannot. */
  async resume(id: string): Promise<boolean> {
    return (await this.#commands()).resume(id);
  }

  /** Ends a download; false when it had ended already. */
  async abort(id: string): Promise<boolean> {
    return (await this.#commands()).abort(id);
  }

  /** Starts a download again; files that are stored already are not fetched twice. */
  async retry(id: string): Promise<FetchRecord> {
    return (await this.#commands()).retry(id);
  }

  /** Goes on in this page with a download that the browser's own engine does not get on with. */
  async moveInPage(id: string): Promise<FetchRecord> {
    return (await this.#commands()).moveInPage(id);
  }

  /** Takes a settled download away; `restore()` brings it back within `UNDO_TIME`. */
  async discard(id: string): Promise<void> {
    return (await this.#commands()).discard(id);
  }

  /** Brings a discarded download back. */
  async restore(id: string): Promise<void> {
    return (await this.#commands()).restore(id);
  }

  /** All downloads of the origin, set right against what is really stored. */
  async list(): Promise<FetchRecord[]> {
    await (await this.#commands()).refresh();
    return this.records.values();
  }

  /** One of them. */
  async get(id: string): Promise<FetchRecord | undefined> {
    await this.#commands();
    return this.records.get(id);
  }

  /** The stored response for a request, whole or the range it asks for, as the worker would answer it. */
  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    const { answerFrom } = await answers.load();
    return answerFrom(new Request(request));
  }

  /** The size of a download before it is started, in bytes; 0 when the server does not say. */
  async sizeOf(requests: BackgroundFetchRequests, signal?: AbortSignal): Promise<number> {
    return (await this.#commands()).sizeOf(requests, signal);
  }

  /** Hears changes, of one download or of all. */
  subscribe(listener: FetchListener, options?: SubscribeOptions): void {
    this.records.subscribe(listener, options);
  }

  /**
   * Space on this origin, in bytes, and whether the browser promised not to clear it. Where the browser does not tell, the space for
   * downloads; zeros where nothing can be stored.
   */
  async estimate(): Promise<{ usage: number; quota: number; persisted: boolean }> {
    const { storage } = navigator as { storage?: Partial<StorageManager> };
    const told = storage?.estimate?.() ?? (this.#canDownload ? (await answers.load()).untoldSpace() : undefined);
    const { usage = 0, quota = 0 } = (await told) ?? {};
    return { usage, quota, persisted: (await storage?.persisted?.()) ?? false };
  }

  /** Asks the browser to keep what is stored when space is short; false when it does not promise. */
  async persist(): Promise<boolean> {
    const { storage } = navigator as { storage?: Partial<StorageManager> };
    return (await storage?.persist?.()) ?? false;
  }

  async #open(): Promise<void> {
    // What is stored is asked for when the network is gone.
    answers.prepare();
    try {
      await this.#link.open();
    } catch (error) {
      this.#canDownload = false;
      throw error;
    }
  }

  async #commands(): Promise<Commands> {
    await this.ready;
    return this.#link.commands();
  }
}
