/** Implementation of the client's commands. Loaded with the first active download, or when the page is idle. */
import type { EngineChoice } from '../engine/choose.js';
import { abortAllNative, nativeEngine } from '../engine/native.js';
import { NativeTurns } from '../engine/native-turns.js';
import { checkId } from '../manager/check.js';
import { readRecord } from '../manager/database.js';
import { isActive, isElsewhere, isHeld, limitOf, type FetchRecord } from '../manager/record.js';
import { inUse } from '../manager/scopes.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration, BackgroundFetchRequests } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { toRequest } from '../standard/plain-request.js';
import type { Connection } from './connect.js';
import { findElsewhere } from './elsewhere.js';
import type { FetchStore } from './fetch-store.js';
import { Follower } from './follow.js';
import { inPageEngine } from './in-page.js';
import { isMetered, onConnectionChange } from './metered.js';
import { harmlessSizeOf, sizeOf } from './size.js';
import { holdFetch, startFetch, type PageContext, type Start, type StartOptions } from './start-download.js';
import { warn } from './warn.js';

/** Replaces all records by those of the manager. */
type TakeAll = (records: readonly FetchRecord[]) => void;

/** The commands of `BgFetchClient`, which documents them. */
export class Commands {
  readonly follower: Follower;
  readonly #worker: ServiceWorkerRegistration | undefined;
  readonly #context: PageContext;
  readonly #records: FetchStore;
  readonly #choice: EngineChoice;
  readonly #takeAll: TakeAll;
  /** Removals that the manager has not confirmed: a repeated call of one must not follow the call that undoes it. */
  readonly #removing = new Map<string, Promise<void>>();
  readonly #restoring = new Set<string>();
  readonly #starts = new Map<string, Promise<FetchRecord>>();
  /** Failed starts that the manager has no record of; only the page has their requests. */
  readonly #unrecorded = new Map<string, Start>();

  constructor(records: FetchStore, connection: Connection, choice: EngineChoice = 'auto', takeAll: TakeAll) {
    const { registration } = connection;
    this.#worker = registration;
    const receive = (record: FetchRecord) => this.follower.receive(record);
    const native = registration && nativeEngine(registration);
    this.#context = { ...connection, records, receive, native, turns: new NativeTurns() };
    // A start needs it at once, and the network may be down by then.
    if (choice === 'in-page' || !native) inPageEngine.prepare();
    this.#records = records;
    this.#choice = choice;
    this.#takeAll = takeAll;
    const onContinue = (record: FetchRecord) => void this.#continue(record).catch(warn);
    this.follower = new Follower(this.#context, () => this.refreshIfActive(), onContinue);
    onConnectionChange(() => this.follower.connectionChanged());
  }

  /** Reads all records from the manager. */
  async refresh(): Promise<void> {
    const isShared = this.#records.values().some((record) => this.#isElsewhere(record));
    this.#takeAll(await this.#context.manager.list(isShared ? await this.#context.registered() : undefined));
  }

  /** Reads all records, unless the site has unregistered the worker: that is no error of this page. */
  async refreshIfActive(): Promise<void> {
    if (!this.#worker || this.#worker.active) await this.refresh();
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
    if (record && isHeld(record) && !this.#isElsewhere(record)) {
      await this.#continueHeld(id, 'resume', false);
      return true;
    }
    const registration = await this.#registration(id, 'resume');
    return registration !== undefined && isControllable(registration) && registration.resume();
  }

  async abort(id: string): Promise<boolean> {
    const registration = await this.#registration(id, 'abort');
    const record = this.#records.get(id);
    const isInPageHere = registration && isControllable(registration) && !(record && this.#isElsewhere(record));
    if (!record || !isActive(record) || isInPageHere) return registration?.abort() ?? false;
    // The browser reports the end of a native fetch once, which a stopping worker misses; and no page of another app may be open.
    const abandoned = this.#context.manager.abandon(id);
    if (!registration) return abandoned.then(() => true);
    await abandoned.catch(warn);
    return registration.abort();
  }

  async retry(id: string): Promise<FetchRecord> {
    return this.#restart(id, 'retry', this.#choice);
  }

  async moveInPage(id: string): Promise<FetchRecord> {
    const record = this.#known(id, 'move');
    if (record.engine === 'in-page' && isActive(record)) return record;
    const ended = this.#ended(id);
    if (await this.abort(id)) await ended;
    return this.#restart(id, 'move', 'in-page');
  }

  async discard(id: string): Promise<void> {
    checkId(id, 'discard');
    const record = this.#records.get(id);
    // A repeated removal must not undo its undoing.
    if (this.#restoring.has(id)) return;
    const cancelled = record && isActive(record) ? record : undefined;
    // Only the manager of its own app could abort it later.
    if (cancelled && this.#isElsewhere(cancelled)) {
      await this.abort(id);
      return;
    }
    const removing = this.#context.manager.discard(id).finally(() => this.#removing.delete(id));
    this.#removing.set(id, removing);
    await removing;
    if (cancelled?.engine !== 'in-page') return;
    // Set before the pause, so that the record keeps the status to which it is restored: the manager's message may arrive later.
    this.#records.change(id, (now) => (now.discardedAt === undefined ? to.discarded(now, Date.now()) : now));
    await this.pause(id);
  }

  async restore(id: string): Promise<void> {
    checkId(id, 'restore');
    const record = this.#records.get(id);
    this.#restoring.add(id);
    try {
      // The caller of the removal gets its error.
      await this.#removing.get(id)?.catch(() => undefined);
      await this.#context.manager.restore(id);
      // The manager's message may arrive later.
      this.#records.change(id, to.restored);
    } finally {
      this.#restoring.delete(id);
    }
    if (!record || !isActive(record) || isHeld(record) || record.status === 'paused') return;
    const registration = await this.#registration(id, 'restore');
    if (registration && isControllable(registration)) await registration.resume();
  }

  async clear(): Promise<void> {
    const { manager } = this.#context;
    const ended = async () => {
      await abortAllNative();
      await manager.clear();
    };
    // Pending starts may have succeeded.
    const starts = [...this.#starts.values()];
    await ended();
    if ((await Promise.allSettled(starts)).length > 0) await ended();
    this.#takeAll([]);
  }

  async sizeOf(requests: BackgroundFetchRequests, signal?: AbortSignal): Promise<number> {
    return sizeOf(toRequests('of unknown size', requests), signal);
  }

  /** Starts a download once per id at a time: a double click is one download. */
  #start(id: string, requests: readonly Request[], options: StartOptions, choice: EngineChoice): Promise<FetchRecord> {
    const started = this.#starts.get(id) ?? this.#startOnce(id, requests, options, choice).finally(() => this.#starts.delete(id));
    this.#starts.set(id, started);
    return started;
  }

  async #startOnce(id: string, requests: readonly Request[], options: StartOptions, choice: EngineChoice): Promise<FetchRecord> {
    const existing = this.#records.get(id);
    if (existing && isActive(existing) && this.#isElsewhere(existing)) {
      if (to.sameUrls(existing.files, requests)) return existing;
      throw inUse(existing);
    }
    if (existing && isActive(existing) && !isHeld(existing)) {
      if (existing.discardedAt !== undefined) await this.restore(id);
      return this.#records.get(id) ?? existing;
    }
    const start = { id, requests, options, choice };
    const again = { ...start, requests: requests.map((request) => request.clone()) };
    this.#unrecorded.delete(id);
    try {
      if (options.wifiOnly && isMetered()) {
        await holdFetch(start, this.#context);
      } else {
        this.follower.follow(id, await startFetch(start, this.#context));
        if (!options.downloadTotal) void this.#measure(id, requests);
      }
    } catch (error) {
      if (!(await readRecord(id).catch(() => undefined))) this.#unrecorded.set(id, again);
      throw error;
    }
    return this.#records.get(id) as FetchRecord;
  }

  /** Requests the size from the server if the site did not set it: the native engine does not report it. */
  async #measure(id: string, requests: readonly Request[]): Promise<void> {
    const { engine, startedAt = 0 } = this.#records.get(id) ?? {};
    const size = engine === 'native' ? await harmlessSizeOf(requests) : 0;
    if (size > 0) await this.#context.manager.note(id, startedAt, 0, size).catch(warn);
  }

  /** Resumes in one page, without a click, a download that the native engine could not complete or that waited for the connection. */
  async #continue(record: FetchRecord): Promise<void> {
    const { id, startedAt } = record;
    const { consent, manager } = this.#context;
    if (this.#choice === 'native' && !isHeld(record)) return;
    await navigator.locks.request(`bg-fetch-elements:go-on:${id}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      if (!(await consent.ask(record))) await manager.hold(id, startedAt, true);
      else await (isHeld(record) ? this.#continueHeld(id, 'continue') : this.#restart(id, 'continue', 'in-page'));
    });
  }

  /** Continues a waiting download in the engine that has its bytes. */
  async #continueHeld(id: string, command: string, wifiOnly?: boolean): Promise<FetchRecord> {
    const active = await (await this.#context.inPage()).get(id);
    return this.#restart(id, command, active ? 'in-page' : this.#choice, wifiOnly);
  }

  async #restart(id: string, command: string, choice: EngineChoice, wifiOnly?: boolean): Promise<FetchRecord> {
    const known = this.#known(id, command);
    const failed = this.#unrecorded.get(id);
    if (failed) return this.#start(id, failed.requests, failed.options, choice);
    // The page's copy has no credentials and no request bodies.
    const record = (await readRecord(id)) ?? known;
    if (record.uploadTotal > 0 && record.requests.every(({ body }) => !body))
      throw new DOMException(
        `Failed to ${command} background fetch "${id}": its request body was deleted. Call start() with the request again.`,
        'InvalidStateError',
      );
    const requests = record.requests.map((request) => toRequest(request));
    const downloadTotal = limitOf(record);
    return this.#start(id, requests, { ...record, downloadTotal, wifiOnly: wifiOnly ?? record.wifiOnly }, choice);
  }

  #known(id: string, command: string): FetchRecord {
    checkId(id, command);
    const record = this.#records.get(id);
    if (!record)
      throw new DOMException(
        `Failed to ${command} background fetch "${id}": nothing is known of it. Start it first.`,
        'NotFoundError',
      );
    return record;
  }

  async #registration(id: string, command: string): Promise<BackgroundFetchRegistration | undefined> {
    checkId(id, command);
    const { native, inPage } = this.#context;
    const record = this.#records.get(id);
    if (record && this.#isElsewhere(record)) return findElsewhere(record);
    const engine = record?.engine === 'in-page' ? await inPage() : native;
    return engine?.get(id);
  }

  #isElsewhere(record: FetchRecord): boolean {
    return isElsewhere(record, this.#context.scope);
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
