/** Updates the page's records from the engines, and starts follow-up actions. */
import { EXPIRED_STATUS } from '../engine/engine.js';
import { observe } from '../engine/observe.js';
import { verifyStored } from '../manager/verify.js';
import { isActive, isElsewhere, isHeld, wasGivenUp, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { findElsewhere } from './elsewhere.js';
import { inPageEngine } from './in-page.js';
import { isMetered } from './metered.js';
import { OnDemand } from './on-demand.js';
import type { PageContext } from './start-download.js';
import { warn } from './warn.js';

/** Interval of native progress reports to the manager, in milliseconds: a closed browser loses its progress. */
const NOTE_INTERVAL = 1000;

/** Delays of repeated lookups of a fetch that no engine has yet, in milliseconds. */
const LOOKUP_DELAYS = [250, 1000, 4000];

/** Time without progress after which the manager checks a download, in milliseconds. */
const QUIET_TIME = 10_000;

/** Statuses that use the connection, now or soon. */
const MOVING = new Set<FetchRecord['status']>(['starting', 'queued', 'waiting', 'downloading', 'stalled']);

/** Statuses that wait on purpose. */
const WAITING = new Set<FetchRecord['status']>(['queued', 'waiting', 'paused']);

/** The hash functions, for downloads with `integrity`. */
const hashes = new OnDemand(() => import('../manager/is-intact.js'), 'the hash functions');

export class Follower {
  readonly #context: PageContext;
  readonly #onContinue: (record: FetchRecord) => void;
  readonly #refresh: () => Promise<void>;
  readonly #followed = new Map<string, AbortController>();

  /** `refresh` reads all records again; `onContinue` resumes a download that the native engine could not complete or that waited for the connection. */
  constructor(context: PageContext, refresh: () => Promise<void>, onContinue: (record: FetchRecord) => void) {
    this.#context = context;
    this.#onContinue = onContinue;
    this.#refresh = refresh;
    setInterval(() => {
      if (context.records.values().some((record) => this.#isOwn(record) && isQuiet(record))) refresh().catch(warn);
    }, QUIET_TIME);
  }

  /** Stores a record of the manager and observes its fetch. */
  receive(record: FetchRecord): void {
    const { records, canRefresh } = this.#context;
    const before = records.get(record.id);
    const known = to.reconciled(before, record);
    records.set(known);
    const isOwn = this.#isOwn(known);
    // A native download may continue in the page too.
    if (isActive(known)) inPageEngine.prepare();
    if (isActive(known) && known.requests.some(({ integrity }) => integrity)) hashes.prepare();
    const isMoved = isActive(known) && !isHeld(known);
    if (!isMoved || (before && this.#isOwn(before) !== isOwn)) this.unfollow(known.id);
    if (isMoved && !known.verifying && !this.#followed.has(known.id)) this.#find(known).catch(warn);
    // Pages of its own app handle all other steps.
    if (!isOwn) return;
    if ((wasGivenUp(known) || (canRefresh && wasExpired(known))) && !known.discardedAt) this.#onContinue(known);
    else this.#checkConnection(known);
    if (known.verifying) this.#verify(known).catch(warn);
  }

  /** Continues or pauses downloads after a change of the connection. */
  connectionChanged(): void {
    for (const record of this.#context.records.values()) if (this.#isOwn(record)) this.#checkConnection(record);
  }

  /** Ends the observation of a fetch. */
  unfollow(id: string): void {
    this.#followed.get(id)?.abort();
    this.#followed.delete(id);
  }

  /** Observes a registration until it ends. */
  follow(id: string, registration: BackgroundFetchRegistration): void {
    const { records, manager } = this.#context;
    this.unfollow(id);
    const following = new AbortController();
    this.#followed.set(id, following);
    let noted = -Infinity;
    const read = (snapshot: Parameters<typeof to.progressed>[1], moved: boolean) => {
      // A fetch that the browser has deleted is never settled.
      if (snapshot.result === 'failure' && !registration.recordsAvailable) this.#refresh().catch(warn);
      const record = records.change(id, (before) => this.#queuedIfBusy(to.progressed(before, snapshot, Date.now(), moved)));
      const excess = record && isActive(record) && to.excessOf(record, record.downloaded);
      if (excess) {
        this.unfollow(id);
        void manager
          .refuse(id, excess)
          .then(() => registration.abort())
          .catch(warn);
      }
      if (record?.engine !== 'native' || (snapshot.result === '' && performance.now() - noted < NOTE_INTERVAL)) return;
      noted = performance.now();
      const { startedAt, downloaded, downloadTotal } = record;
      manager.note(id, startedAt, downloaded, downloadTotal).catch(warn);
    };
    observe(
      registration,
      {
        read,
        silent: () => {
          records.change(id, to.stalled);
        },
      },
      following.signal,
    );
  }

  #isOwn(record: FetchRecord): boolean {
    return !isElsewhere(record, this.#context.scope);
  }

  /** Marks the record as queued if another native download is active: Chromium 156 runs one at a time per origin (docs/decisions/0007). */
  #queuedIfBusy(record: FetchRecord): FetchRecord {
    if (record.engine !== 'native' || record.status !== 'starting') return record;
    const isBusy = ({ id, engine, status }: FetchRecord) => id !== record.id && engine === 'native' && status === 'downloading';
    return this.#context.records.values().some(isBusy) ? to.putOnHold(record, 'queued', 'turn') : record;
  }

  #checkConnection(record: FetchRecord): void {
    if (isHeld(record)) {
      if (record.status === 'waiting' && !isMetered() && record.discardedAt === undefined) this.#onContinue(record);
    } else if (isMetered() && record.wifiOnly && record.engine === 'in-page' && MOVING.has(record.status)) {
      this.#hold(record).catch(warn);
    }
  }

  /** Pauses a download and keeps its bytes. The native engine cannot pause. */
  async #hold({ id, startedAt }: FetchRecord): Promise<void> {
    const { inPage, manager } = this.#context;
    const registration = await (await inPage()).get(id);
    if (!registration || !isControllable(registration)) return;
    this.unfollow(id);
    await registration.pause();
    await manager.hold(id, startedAt);
  }

  /** Verifies the files in one page, unless the worker does; if that page is closed, another one does. */
  async #verify(record: FetchRecord): Promise<void> {
    const { isIntact } = await hashes.load();
    const { id, startedAt } = record;
    await verifyStored(record, isIntact, (mismatched) => this.#context.manager.verified(id, startedAt, mismatched));
  }

  async #find(record: FetchRecord): Promise<void> {
    const { id, engine } = record;
    const searching = new AbortController();
    this.#followed.set(id, searching);
    try {
      for (const delay of [0, ...LOOKUP_DELAYS]) {
        await new Promise((resolve) => setTimeout(resolve, delay));
        if (searching.signal.aborted) return;
        const registration = this.#isOwn(record)
          ? await (engine === 'native' ? this.#context.native : await this.#context.inPage())?.get(id)
          : await findElsewhere(record);
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

/** Returns true for a native fetch that failed with the status of an expired URL, which the page can replace. */
function wasExpired({ engine, status, files }: FetchRecord): boolean {
  return engine === 'native' && status === 'failed' && files.some((file) => EXPIRED_STATUS.has(file.status));
}

function isQuiet(record: FetchRecord): boolean {
  return isActive(record) && !WAITING.has(record.status) && Date.now() - record.changedAt > QUIET_TIME;
}
