/** What a page asks of its downloads, and what it may read of them. */
import type { EngineChoice } from '../engine/choose.js';
import { checkId } from '../manager/check.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import { isHeld } from '../manager/transitions.js';
import type { BackgroundFetchRegistration, BackgroundFetchRequests } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { toRequest } from '../standard/plain-request.js';
import { connect, type ConnectOptions, type Connection } from './connect.js';
import { FetchStore, type FetchListener, type SubscribeOptions } from './fetch-store.js';
import { Follower } from './follow.js';
import { isMetered, onLineChange } from './metered.js';
import { sizeOf } from './size.js';
import { holdFetch, startFetch, type StartOptions } from './start.js';

export type { StartOptions };

/** How a client is made. */
export interface ClientOptions extends ConnectOptions {
  /** Who moves the bytes; `auto` by default. */
  engine?: EngineChoice | undefined;
}

/** A connection and what follows it. */
interface Link {
  readonly connection: Connection;
  readonly follower: Follower;
}

/** Commands go down and return nothing that is drawn; facts come up in `records`. */
export class BgFetchClient {
  /** The page's copy of the records. */
  readonly records = new FetchStore();
  readonly #options: ClientOptions;
  readonly #starts = new Map<string, Promise<FetchRecord>>();
  #linking: Promise<Link> | undefined;
  #canDownload = isSecureContext && 'indexedDB' in globalThis;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
  }

  /** False where nothing can be stored (an insecure origin, a private window without storage): offer a plain link there. */
  get canDownload(): boolean {
    return this.#canDownload;
  }

  /** Resolves once the records of earlier visits are in `records`; rejects where nothing can be stored. */
  get ready(): Promise<void> {
    return this.#link().then(() => undefined);
  }

  /**
   * Starts a download, or gives back the one of this id that is active already. Call it inside the click: from the second
   * start on Chromium asks for one. Rejects with `TypeError` for arguments that cannot be obeyed.
   */
  async start(id: string, requests: BackgroundFetchRequests, options: StartOptions = {}): Promise<FetchRecord> {
    checkId(id);
    return this.#start(id, toRequests(id, requests), options, this.#options.engine);
  }

  /** Holds a download and keeps its bytes; false where its engine cannot, as the browser's own. */
  async pause(id: string): Promise<boolean> {
    const registration = await this.#registration(id, 'pause');
    return registration !== undefined && isControllable(registration) && registration.pause();
  }

  /** Goes on with a held, queued or waiting download at once, on a metered line too; false where its engine cannot. */
  async resume(id: string): Promise<boolean> {
    const record = this.records.get(id);
    if (record && isHeld(record)) {
      await this.#again(id, 'resume', this.#options.engine, false);
      return true;
    }
    const registration = await this.#registration(id, 'resume');
    return registration !== undefined && isControllable(registration) && registration.resume();
  }

  /** Ends a download; false when it had ended already. */
  async abort(id: string): Promise<boolean> {
    const registration = await this.#registration(id, 'abort');
    if (registration) return registration.abort();
    const record = this.records.get(id);
    if (!record || !isActive(record)) return false;
    await (await this.#link()).connection.manager.abandon(id);
    return true;
  }

  /** Starts a download again; files that are stored already are not fetched twice. */
  async retry(id: string): Promise<FetchRecord> {
    return this.#again(id, 'retry', this.#options.engine);
  }

  /** Goes on in this page with a download that the browser's own engine does not get on with. */
  async moveInPage(id: string): Promise<FetchRecord> {
    const record = await this.#known(id, 'move');
    if (record.engine === 'in-page' && isActive(record)) return record;
    const ended = this.#ended(id);
    if (await this.abort(id)) await ended;
    return this.#again(id, 'move', 'in-page');
  }

  /** Takes a settled download away; `restore()` brings it back within `UNDO_TIME`. */
  async discard(id: string): Promise<void> {
    checkId(id, 'discard');
    await (await this.#link()).connection.manager.discard(id);
  }

  /** Brings a discarded download back. */
  async restore(id: string): Promise<void> {
    checkId(id, 'restore');
    await (await this.#link()).connection.manager.restore(id);
  }

  /** All downloads of the origin, set right against what is really stored. */
  async list(): Promise<FetchRecord[]> {
    await (await this.#link()).follower.refresh();
    return this.records.values();
  }

  async get(id: string): Promise<FetchRecord | undefined> {
    await this.#link();
    return this.records.get(id);
  }

  /** The stored response for a request, whole or the range it asks for, as the worker would answer it. */
  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    const { answerFrom } = await import('../manager/stored-answer.js');
    return answerFrom(new Request(request));
  }

  /** The size of a download before it is started, in bytes; 0 when the server does not say. */
  async sizeOf(requests: BackgroundFetchRequests, signal?: AbortSignal): Promise<number> {
    return sizeOf(toRequests('of unknown size', requests), signal);
  }

  /** Hears changes, of one download or of all. */
  subscribe(listener: FetchListener, options?: SubscribeOptions): void {
    this.records.subscribe(listener, options);
  }

  /** Space on this origin, in bytes, and whether the browser promised not to clear it; zeros where it does not tell. */
  async estimate(): Promise<{ usage: number; quota: number; persisted: boolean }> {
    const { storage } = navigator as { storage?: StorageManager };
    const { usage = 0, quota = 0 } = (await storage?.estimate()) ?? {};
    return { usage, quota, persisted: (await storage?.persisted()) ?? false };
  }

  /** Asks the browser to keep what is stored when space is short; false when it does not promise. */
  async persist(): Promise<boolean> {
    const { storage } = navigator as { storage?: StorageManager };
    return (await storage?.persist()) ?? false;
  }

  #link(): Promise<Link> {
    return (this.#linking ??= this.#connect().catch((error: unknown) => {
      this.#canDownload = false;
      throw error;
    }));
  }

  async #connect(): Promise<Link> {
    const connection = await connect(this.#options);
    const goOn = (record: FetchRecord) => void this.#goOn(record).catch(reportError);
    onLineChange(() => {
      if (!isMetered()) this.records.values().filter(isHeld).forEach(goOn);
    });
    return { connection, follower: new Follower(this.records, connection, goOn) };
  }

  /** One start an id at a time: a double click is one download. */
  #start(id: string, requests: readonly Request[], options: StartOptions, choice: EngineChoice = 'auto'): Promise<FetchRecord> {
    const started = this.#starts.get(id) ?? this.#startOnce(id, requests, options, choice).finally(() => this.#starts.delete(id));
    this.#starts.set(id, started);
    return started;
  }

  async #startOnce(id: string, requests: readonly Request[], options: StartOptions, choice: EngineChoice): Promise<FetchRecord> {
    const { connection, follower } = await this.#link();
    const existing = this.records.get(id);
    if (existing && isActive(existing) && !isHeld(existing)) return existing;
    const start = { id, requests, options, choice };
    if (options.wifiOnly && isMetered()) {
      await holdFetch(start, connection);
      return this.records.get(id) as FetchRecord;
    }
    const registration = await startFetch(start, this.records, connection);
    follower.follow(id, registration);
    if (!options.downloadTotal) void this.#measure(id, requests);
    return this.records.get(id) as FetchRecord;
  }

  /** Asks the server for a size that nobody gave: the browser's own engine does not tell it. */
  async #measure(id: string, requests: readonly Request[]): Promise<void> {
    const { connection } = await this.#link();
    const startedAt = this.records.get(id)?.startedAt ?? 0;
    const size = this.records.get(id)?.engine === 'native' ? await sizeOf(requests) : 0;
    if (size > 0) await connection.manager.note(id, startedAt, 0, size).catch(reportError);
  }

  /** Goes on in one page, without a click, with what the browser gave up by itself or what waited for the line. */
  async #goOn(record: FetchRecord): Promise<void> {
    const { engine = 'auto' } = this.#options;
    if (engine === 'native' && !isHeld(record)) return;
    await navigator.locks.request(`bg-fetch-elements:go-on:${record.id}`, { ifAvailable: true }, async (lock) => {
      if (lock) await this.#again(record.id, 'continue', isHeld(record) ? engine : 'in-page');
    });
  }

  async #again(id: string, asked: string, choice: EngineChoice | undefined, wifiOnly?: boolean): Promise<FetchRecord> {
    const record = await this.#known(id, asked);
    const requests = record.requests.map((request) => toRequest(request));
    return this.#start(id, requests, { ...record, wifiOnly: wifiOnly ?? record.wifiOnly }, choice);
  }

  async #known(id: string, asked: string): Promise<FetchRecord> {
    checkId(id, asked);
    const record = this.records.get(id) ?? (await this.get(id));
    if (!record)
      throw new DOMException(
        `Failed to ${asked} background fetch "${id}": nothing is known of it. Start it first.`,
        'NotFoundError',
      );
    return record;
  }

  async #registration(id: string, asked: string): Promise<BackgroundFetchRegistration | undefined> {
    checkId(id, asked);
    const { connection } = await this.#link();
    const engine = this.records.get(id)?.engine === 'in-page' ? await connection.inPage() : connection.native;
    return engine?.get(id);
  }

  #ended(id: string): Promise<void> {
    const done = new AbortController();
    return new Promise((resolve) => {
      const look = () => {
        const record = this.records.get(id);
        if (record && isActive(record)) return;
        done.abort();
        resolve();
      };
      this.records.subscribe(look, { id, signal: done.signal });
      look();
    });
  }
}

function toRequests(id: string, requests: BackgroundFetchRequests): Request[] {
  const list = Array.isArray(requests) ? (requests as readonly (RequestInfo | URL)[]) : [requests as RequestInfo | URL];
  if (list.length === 0)
    throw new TypeError(`Failed to start background fetch "${id}": there is nothing to fetch. Name at least one URL.`);
  return list.map((request) => new Request(request));
}
