/** Obeys what a page asks of its downloads. Loaded with the first download that moves, else when the page has nothing to do. */
import type { EngineChoice } from '../engine/choose.js';
import { nativeEngine } from '../engine/native.js';
import { NativeTurns } from '../engine/native-turns.js';
import { checkId } from '../manager/check.js';
import { isActive, isHeld, type FetchRecord } from '../manager/record.js';
import type { BackgroundFetchRegistration, BackgroundFetchRequests } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { toRequest } from '../standard/plain-request.js';
import type { Connection } from './connect.js';
import type { FetchStore } from './fetch-store.js';
import { Follower } from './follow.js';
import { isMetered, onLineChange } from './metered.js';
import { sizeOf } from './size.js';
import { holdFetch, startFetch, type Means, type StartOptions } from './start.js';

/** Takes all records as the manager has them. */
type TakeAll = (records: readonly FetchRecord[]) => void;

/** The commands of `BgFetchClient`, which says what each is for. */
export class Commands {
  readonly follower: Follower;
  readonly #means: Means;
  readonly #records: FetchStore;
  readonly #choice: EngineChoice;
  readonly #takeAll: TakeAll;
  readonly #starts = new Map<string, Promise<FetchRecord>>();

  constructor(records: FetchStore, connection: Connection, choice: EngineChoice = 'auto', takeAll: TakeAll) {
    const { registration } = connection;
    this.#means = { ...connection, records, native: registration && nativeEngine(registration), turns: new NativeTurns() };
    this.#records = records;
    this.#choice = choice;
    this.#takeAll = takeAll;
    const goOn = (record: FetchRecord) => void this.#goOn(record).catch(reportError);
    this.follower = new Follower(this.#means, () => this.refresh(), goOn);
    onLineChange(() => this.follower.lineChanged());
  }

  /** Reads all records anew. */
  async refresh(): Promise<void> {
    this.#takeAll(await this.#means.manager.list());
  }

  async start(id: string, requests: BackgroundFetchRequests, options: StartOptions): Promise<FetchRecord> {
    checkId(id);
    return this.#start(id, toRequests(id, requests), options, this.#choice);
  }

  async pause(id: string): Promise<boolean> {
    const registration = await this.#registration(id, 'pause');
    return registration !== undefined && isControllable(registration) && registration.pause();
  }

  async resume(id: string): Promise<boolean> {
    const record = this.#records.get(id);
    if (record && isHeld(record)) {
      await this.#release(id, 'resume', false);
      return true;
    }
    const registration = await this.#registration(id, 'resume');
    return registration !== undefined && isControllable(registration) && registration.resume();
  }

  async abort(id: string): Promise<boolean> {
    const registration = await this.#registration(id, 'abort');
    const record = this.#records.get(id);
    if (!record || !isActive(record) || (registration && isControllable(registration))) return registration?.abort() ?? false;
    // The browser tells of the end of its own fetch once, and a worker that is stopped just then never hears of it.
    const told = this.#means.manager.abandon(id);
    if (!registration) return told.then(() => true);
    await told.catch(reportError);
    return registration.abort();
  }

  async retry(id: string): Promise<FetchRecord> {
    return this.#again(id, 'retry', this.#choice);
  }

  async moveInPage(id: string): Promise<FetchRecord> {
    const record = this.#known(id, 'move');
    if (record.engine === 'in-page' && isActive(record)) return record;
    const ended = this.#ended(id);
    if (await this.abort(id)) await ended;
    return this.#again(id, 'move', 'in-page');
  }

  async discard(id: string): Promise<void> {
    checkId(id, 'discard');
    await this.#means.manager.discard(id);
  }

  async restore(id: string): Promise<void> {
    checkId(id, 'restore');
    await this.#means.manager.restore(id);
  }

  async sizeOf(requests: BackgroundFetchRequests, signal?: AbortSignal): Promise<number> {
    return sizeOf(toRequests('of unknown size', requests), signal);
  }

  /** One start an id at a time: a double click is one download. */
  #start(id: string, requests: readonly Request[], options: StartOptions, choice: EngineChoice): Promise<FetchRecord> {
    const started = this.#starts.get(id) ?? this.#startOnce(id, requests, options, choice).finally(() => this.#starts.delete(id));
    this.#starts.set(id, started);
    return started;
  }

  async #startOnce(id: string, requests: readonly Request[], options: StartOptions, choice: EngineChoice): Promise<FetchRecord> {
    const existing = this.#records.get(id);
    if (existing && isActive(existing) && !isHeld(existing)) return existing;
    const start = { id, requests, options, choice };
    if (options.wifiOnly && isMetered()) {
      await holdFetch(start, this.#means);
    } else {
      this.follower.follow(id, await startFetch(start, this.#means));
      if (!options.downloadTotal) void this.#measure(id, requests);
    }
    return this.#records.get(id) as FetchRecord;
  }

  /** Asks the server for a size that nobody gave: the browser's own engine does not tell it. */
  async #measure(id: string, requests: readonly Request[]): Promise<void> {
    const { engine, startedAt = 0 } = this.#records.get(id) ?? {};
    const size = engine === 'native' ? await sizeOf(requests) : 0;
    if (size > 0) await this.#means.manager.note(id, startedAt, 0, size).catch(reportError);
  }

  /** Goes on in one page, without a click, with what the browser gave up by itself or what waited for the line. */
  async #goOn(record: FetchRecord): Promise<void> {
    const { id } = record;
    if (this.#choice === 'native' && !isHeld(record)) return;
    await navigator.locks.request(`bg-fetch-elements:go-on:${id}`, { ifAvailable: true }, async (lock) => {
      if (lock) await (isHeld(record) ? this.#release(id, 'continue') : this.#again(id, 'continue', 'in-page'));
    });
  }

  /** What waited for the line goes on where its bytes are. */
  async #release(id: string, asked: string, wifiOnly?: boolean): Promise<FetchRecord> {
    const begun = await (await this.#means.inPage()).get(id);
    return this.#again(id, asked, begun ? 'in-page' : this.#choice, wifiOnly);
  }

  async #again(id: string, asked: string, choice: EngineChoice, wifiOnly?: boolean): Promise<FetchRecord> {
    const record = this.#known(id, asked);
    const requests = record.requests.map((request) => toRequest(request));
    return this.#start(id, requests, { ...record, wifiOnly: wifiOnly ?? record.wifiOnly }, choice);
  }

  #known(id: string, asked: string): FetchRecord {
    checkId(id, asked);
    const record = this.#records.get(id);
    if (!record)
      throw new DOMException(
        `Failed to ${asked} background fetch "${id}": nothing is known of it. Start it first.`,
        'NotFoundError',
      );
    return record;
  }

  async #registration(id: string, asked: string): Promise<BackgroundFetchRegistration | undefined> {
    checkId(id, asked);
    const { native, inPage } = this.#means;
    const engine = this.#records.get(id)?.engine === 'in-page' ? await inPage() : native;
    return engine?.get(id);
  }

  #ended(id: string): Promise<void> {
    const done = new AbortController();
    return new Promise((resolve) => {
      const look = () => {
        const record = this.#records.get(id);
        if (record && isActive(record)) return;
        done.abort();
        resolve();
      };
      this.#records.subscribe(look, { id, signal: done.signal });
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
