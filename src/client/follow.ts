/** Keeps the page's records in step with the engines and the clock, where the manager alone would be late. */
import { EXPIRED_STATUS } from '../engine/engine.js';
import { observe } from '../engine/observe.js';
import { isActive, isHeld, wasGivenUp, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { isMetered } from './metered.js';
import type { Means } from './start.js';

/** How often a page tells the manager how far the browser's own engine is, in milliseconds: that one forgets it when it is closed. */
const NOTE_EVERY = 1000;

/** When to look again for a fetch that the manager expects and no engine has yet, in milliseconds. */
const LOOK_AGAIN = [250, 1000, 4000];

/** How long a download may say nothing before the manager is asked to look into it, in milliseconds. */
const QUIET = 10_000;

/** These use the line, or will in a moment. */
const MOVING = new Set<FetchRecord['status']>(['starting', 'queued', 'waiting', 'downloading', 'stalled']);

/** These wait on purpose. */
const PATIENT = new Set<FetchRecord['status']>(['queued', 'waiting', 'paused']);

export class Follower {
  readonly #means: Means;
  readonly #goOn: (record: FetchRecord) => void;
  readonly #followed = new Map<string, AbortController>();

  /** `refresh` reads all records anew; `goOn` gets what the browser gave up by itself, and what waited for the line. */
  constructor(means: Means, refresh: () => Promise<void>, goOn: (record: FetchRecord) => void) {
    this.#means = means;
    this.#goOn = goOn;
    setInterval(() => {
      if (means.records.values().some(isQuiet)) refresh().catch(reportError);
    }, QUIET);
  }

  /** Takes a fact of the manager, and follows the fetch behind it. */
  take(record: FetchRecord): void {
    const { records, canRefresh } = this.#means;
    const known = to.reconciled(records.get(record.id), record);
    records.set(known);
    if (!isActive(known) || isHeld(known)) this.leave(known.id);
    else if (!known.verifying && !this.#followed.has(known.id)) this.#find(known).catch(reportError);
    if ((wasGivenUp(known) || (canRefresh && wasExpired(known))) && !known.discardedAt) this.#goOn(known);
    else this.#mindLine(known);
    if (known.verifying) this.#verify(known).catch(reportError);
  }

  /** Goes on with what waited for the line, or holds what must not run on it. */
  lineChanged(): void {
    for (const record of this.#means.records.values()) this.#mindLine(record);
  }

  /** Follows it no more. */
  leave(id: string): void {
    this.#followed.get(id)?.abort();
    this.#followed.delete(id);
  }

  /** Follows a registration until it ends. */
  follow(id: string, registration: BackgroundFetchRegistration): void {
    const { records, manager } = this.#means;
    this.leave(id);
    const following = new AbortController();
    this.#followed.set(id, following);
    let noted = -Infinity;
    const change = (next: (record: FetchRecord) => FetchRecord) => {
      const record = records.get(id);
      if (record) records.set(next(record));
      return records.get(id);
    };
    const read = (snapshot: Parameters<typeof to.progressed>[1], moved: boolean) => {
      const record = change((before) => this.#inTurn(to.progressed(before, snapshot, Date.now(), moved)));
      if (record?.engine !== 'native' || (snapshot.result === '' && performance.now() - noted < NOTE_EVERY)) return;
      noted = performance.now();
      const { startedAt, downloaded, downloadTotal } = record;
      manager.note(id, startedAt, downloaded, downloadTotal).catch(reportError);
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
    return this.#means.records.values().some(moves) ? to.held(record, 'queued', 'turn') : record;
  }

  #mindLine(record: FetchRecord): void {
    if (isHeld(record)) {
      if (!isMetered()) this.#goOn(record);
    } else if (isMetered() && record.wifiOnly && record.engine === 'in-page' && MOVING.has(record.status)) {
      this.#hold(record).catch(reportError);
    }
  }

  /** Keeps the bytes that are there. The browser's own engine cannot, and goes on. */
  async #hold({ id, startedAt }: FetchRecord): Promise<void> {
    const { inPage, manager } = this.#means;
    const registration = await (await inPage()).get(id);
    if (!registration || !isControllable(registration)) return;
    this.leave(id);
    await registration.pause();
    await manager.hold(id, startedAt);
  }

  /** One page holds the files against their hashes, unless the worker does; if it closes, another does. */
  async #verify({ id, startedAt }: FetchRecord): Promise<void> {
    const [{ verifyStored }, { isIntact }] = await Promise.all([
      import('../manager/verify.js'),
      import('../manager/integrity.js'),
    ]);
    await verifyStored(id, isIntact, (mismatched) => this.#means.manager.verified(id, startedAt, mismatched));
  }

  async #find({ id, engine }: FetchRecord): Promise<void> {
    const searching = new AbortController();
    this.#followed.set(id, searching);
    try {
      for (const delay of [0, ...LOOK_AGAIN]) {
        await new Promise((resolve) => setTimeout(resolve, delay));
        if (searching.signal.aborted) return;
        const registration = await (engine === 'native' ? this.#means.native : await this.#means.inPage())?.get(id);
        if (searching.signal.aborted) return;
        if (registration) {
          this.follow(id, registration);
          return;
        }
      }
    } finally {
      if (this.#followed.get(id) === searching) this.#followed.delete(id);
    }
  }
}

/** True for a native fetch that a server refused as it refuses an address that has expired: in the page another can be asked for. */
function wasExpired({ engine, status, files }: FetchRecord): boolean {
  return engine === 'native' && status === 'failed' && files.some((file) => EXPIRED_STATUS.has(file.status));
}

/** True for a download that a stopped worker, or one that is gone, may have left behind. */
function isQuiet(record: FetchRecord): boolean {
  return isActive(record) && !PATIENT.has(record.status) && Date.now() - record.changedAt > QUIET;
}
