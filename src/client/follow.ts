/** Keeps the page's records in step with the manager, the engines and the clock. */
import { observe } from '../engine/observe.js';
import { hear } from '../manager/changes.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import type { Connection } from './connect.js';
import type { FetchStore } from './fetch-store.js';
import { isMetered } from './metered.js';

/** How often a page tells the manager how far the browser's own engine is, in milliseconds: that one forgets it when it is closed. */
const NOTE_EVERY = 1000;

/** When to look again for a fetch that the manager expects and no engine has yet, in milliseconds. */
const LOOK_AGAIN = [250, 1000, 4000];

/** How long a download may say nothing before the manager is asked to look into it, in milliseconds. */
const QUIET = 10_000;

/** These wait on purpose. */
const PATIENT = new Set<FetchRecord['status']>(['queued', 'waiting', 'paused']);

export class Follower {
  readonly #records: FetchStore;
  readonly #connection: Connection;
  readonly #goOn: (record: FetchRecord) => void;
  readonly #followed = new Map<string, AbortController>();

  /** Follows from now on, for the life of the page; hands to `goOn` what the browser gave up by itself. */
  constructor(records: FetchStore, connection: Connection, goOn: (record: FetchRecord) => void) {
    this.#records = records;
    this.#connection = connection;
    this.#goOn = goOn;
    hear((change) => {
      if ('record' in change) this.take(change.record);
      else this.#lose(change.gone);
    });
    const heal = () => {
      if (document.visibilityState === 'visible') this.refresh().catch(reportError);
    };
    addEventListener('pageshow', ({ persisted }) => persisted && heal());
    document.addEventListener('visibilitychange', heal);
    setInterval(() => {
      if (records.values().some(isQuiet)) this.refresh().catch(reportError);
    }, QUIET);
    this.#takeAll(connection.records);
  }

  /** Reads all records anew: what a broadcast missed is healed. */
  async refresh(): Promise<void> {
    this.#takeAll(await this.#connection.manager.list());
  }

  /** Takes a fact of the manager, and follows the fetch behind it. */
  take(record: FetchRecord): void {
    const known = to.reconciled(this.#records.get(record.id), record);
    this.#records.set(known);
    if (!isActive(known)) this.#leave(known.id);
    else if (!known.verifying && !to.isHeld(known) && !this.#followed.has(known.id)) this.#find(known).catch(reportError);
    if ((to.wasGivenUp(known) && !known.discardedAt) || (to.isHeld(known) && !isMetered())) this.#goOn(known);
    if (known.verifying) this.#verify(known).catch(reportError);
  }

  /** Follows a registration until it ends. */
  follow(id: string, registration: BackgroundFetchRegistration): void {
    this.#leave(id);
    const following = new AbortController();
    this.#followed.set(id, following);
    let noted = -Infinity;
    const change = (next: (record: FetchRecord) => FetchRecord) => {
      const record = this.#records.get(id);
      if (record) this.#records.set(next(record));
      return this.#records.get(id);
    };
    const read = (snapshot: Parameters<typeof to.progressed>[1], moved: boolean) => {
      const record = change((before) => this.#inTurn(to.progressed(before, snapshot, Date.now(), moved)));
      if (record?.engine !== 'native' || snapshot.result !== '' || performance.now() - noted < NOTE_EVERY) return;
      noted = performance.now();
      const { startedAt, downloaded, downloadTotal } = record;
      this.#connection.manager.note(id, startedAt, downloaded, downloadTotal).catch(reportError);
    };
    observe(
      registration,
      {
        read,
        silent: () => {
          change(to.stalled);
        },
      },
      following.signal,
    );
  }

  /** The browser's own engine moves one download of an origin at a time, and does not say so. */
  #inTurn(record: FetchRecord): FetchRecord {
    if (record.engine !== 'native' || record.status !== 'starting') return record;
    const moves = ({ id, engine, status }: FetchRecord) => id !== record.id && engine === 'native' && status === 'downloading';
    return this.#records.values().some(moves) ? to.held(record, 'queued', 'turn') : record;
  }

  /** One page holds the files against their hashes; if it closes, another does. */
  async #verify({ id, startedAt }: FetchRecord): Promise<void> {
    await navigator.locks.request(`bg-fetch-elements:verify:${id}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const { findMismatched } = await import('./verify.js');
      await this.#connection.manager.verified(id, startedAt, await findMismatched(id));
    });
  }

  #takeAll(records: readonly FetchRecord[]): void {
    const there = new Set(records.map(({ id }) => id));
    for (const record of records) this.take(record);
    for (const { id, status } of this.#records.values()) if (!there.has(id) && status !== 'starting') this.#lose(id);
  }

  async #find({ id, engine }: FetchRecord): Promise<void> {
    const searching = new AbortController();
    this.#followed.set(id, searching);
    for (const delay of [0, ...LOOK_AGAIN]) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      if (searching.signal.aborted) return;
      const registration = await (engine === 'native' ? this.#connection.native : await this.#connection.inPage())?.get(id);
      if (searching.signal.aborted) return;
      if (registration) {
        this.follow(id, registration);
        return;
      }
    }
    if (this.#followed.get(id) === searching) this.#followed.delete(id);
  }

  #leave(id: string): void {
    this.#followed.get(id)?.abort();
    this.#followed.delete(id);
  }

  #lose(id: string): void {
    this.#leave(id);
    this.#records.delete(id);
  }
}

/** True for a download that a stopped worker, or one that is gone, may have left behind. */
function isQuiet(record: FetchRecord): boolean {
  return isActive(record) && !PATIENT.has(record.status) && Date.now() - record.changedAt > QUIET;
}
