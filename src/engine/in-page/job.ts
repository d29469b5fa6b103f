/** Brings one fetch to its end: all its records, the facts about them, the event ("perform a background fetch", standard §5.1). */
import { deleteBody } from '../../bytes/bodies.js';
import type { BackgroundFetchEventMap, BackgroundFetchFailureReason } from '../../standard/background-fetch.js';
import type { WaitingFor } from '../../standard/extras.js';
import type { PlainRequest } from '../../standard/plain-request.js';
import { linesAtRest, stateAtRest, sum, toFacts, type Line, type TransferFacts } from './facts.js';
import type { InPageHost } from './host.js';
import {
  changeFetch,
  forgetFetch,
  readFetch,
  readRecords,
  writeRecord,
  type JournalFetch,
  type JournalRecord,
} from './journal.js';
import type { Mover } from './mover.js';
import { isResumable } from './resume.js';
import type { Release, Schedule } from './schedule.js';
import { Transfer } from './transfer.js';
import type { Command, Wire } from './wire.js';

/** What all jobs of a page share. */
export interface JobMeans {
  readonly mover: () => Promise<Mover>;
  readonly schedule: Schedule;
  readonly wire: Wire;
  readonly patience: number;
  /** What to ask for in place of a request that the server refuses. */
  renew(request: PlainRequest, id: string): Promise<PlainRequest | undefined>;
  readonly deliver: InPageHost['deliver'];
}

/** How often the facts go out while bytes arrive, in milliseconds. */
const FACTS_INTERVAL = 100;

/** One fetch on its way. */
export class Job {
  #fetch: JournalFetch;
  readonly #means: JobMeans;
  #lines: Line[] = [];
  /** Stops the transfers under way; a new one for each run between two pauses. */
  #run = new AbortController();
  #woken = Promise.withResolvers<undefined>();
  /** It does not wait for its turn. */
  #urgent = false;
  #factsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(fetch: JournalFetch, means: JobMeans) {
    this.#fetch = fetch;
    this.#means = means;
  }

  /** Runs until the fetch has ended and its event is delivered, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => {
      this.#run.abort(signal.reason);
      this.#woken.resolve(undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#lines = await linesAtRest(this.#fetch.uid);
      while (this.#fetch.result === '' && !signal.aborted) {
        if (this.#fetch.paused && this.#fetch.active !== undefined) await this.#rest();
        else if (await this.#moveAll()) await this.#settle();
      }
      if (!signal.aborted) await this.#conclude(signal);
    } finally {
      signal.removeEventListener('abort', stop);
      clearTimeout(this.#factsTimer);
    }
  }

  /** Obeys a command that is in the journal already. */
  async obey(command: Command): Promise<void> {
    if (command === 'report') {
      this.#tell();
      return;
    }
    const fetch = await readFetch(this.#fetch.uid);
    if (!fetch || this.#fetch.result !== '') return;
    this.#fetch = fetch;
    if (command === 'resume') this.#startNow();
    else if (command !== 'prioritize') this.#run.abort(new DOMException(`Told to ${command}.`, 'AbortError'));
    if (command === 'abort') this.#woken.resolve(undefined);
  }

  /** Ends whatever it waits for, its turn included, but does not disturb what moves. */
  #startNow(): void {
    this.#urgent = true;
    this.#woken.resolve(undefined);
    if (this.#transfer().state === 'queued') this.#run.abort(new DOMException('It starts now.', 'AbortError'));
  }

  async #rest(): Promise<void> {
    this.#woken = Promise.withResolvers();
    this.#tell();
    await this.#woken.promise;
  }

  /** True when every record has ended or the fetch must; false when it was only stopped. */
  async #moveAll(): Promise<boolean> {
    if (this.#fetch.active === undefined) return true;
    this.#run = new AbortController();
    const { signal } = this.#run;
    const mover = await this.#means.mover();
    await Promise.all(this.#lines.map((_, index) => this.#move(index, mover, signal)));
    return !signal.aborted || this.#exceeded !== undefined || this.#fetch.active === undefined;
  }

  async #move(index: number, mover: Mover, signal: AbortSignal): Promise<void> {
    const line = this.#lines[index];
    if (!line || line.record.result !== '') return;
    const news = {
      record: (record: JournalRecord) => this.#set(index, { record }),
      size: (size: number) => this.#set(index, { size }),
      waits: (waitingFor: WaitingFor, waitingUntil?: number) => this.#set(index, { state: 'waiting', waitingFor, waitingUntil }),
      moves: () => this.#set(index, { state: 'downloading', waitingFor: undefined, waitingUntil: undefined, silent: false }),
      stalls: (silent: boolean) => this.#set(index, { silent }),
    };
    const { patience, schedule } = this.#means;
    const takeTurn = (until: AbortSignal) =>
      this.#urgent ? Promise.resolve(noRelease) : schedule.take(() => this.#fetch, until);
    try {
      const renew = (request: PlainRequest) => this.#means.renew(request, this.#fetch.id);
      await new Transfer(line.record, { mover, patience, renew, takeTurn, news }, signal).run();
    } catch (error) {
      if (!signal.aborted) this.#set(index, { record: { ...line.record, result: 'fetch-error', detail: String(error) } });
    }
  }

  #set(index: number, change: Partial<Line>): void {
    const before = this.#lines[index];
    if (!before) return;
    const line = { ...before, ...change };
    this.#lines[index] = line;
    if (this.#exceedsTotal(index)) this.#run.abort(new DOMException('Too much came.', 'AbortError'));
    else if (TELLING.some((name) => line[name] !== before[name])) this.#tell();
    else this.#factsTimer ??= setTimeout(() => this.#tell(), FACTS_INTERVAL);
  }

  /** The one failure that does not wait for the other records: the others are aborted, whatever still comes of them. */
  #exceedsTotal(index: number): boolean {
    const { downloadTotal } = this.#fetch;
    const line = this.#lines[index];
    if (!line || downloadTotal === 0 || this.#downloaded <= downloadTotal || this.#exceeded) return false;
    const detail = `More than the ${downloadTotal} bytes of the download total came.`;
    this.#lines[index] = { ...line, record: { ...line.record, result: 'download-total-exceeded', detail } };
    return true;
  }

  get #exceeded(): JournalRecord | undefined {
    return this.#lines.find(({ record }) => record.result === 'download-total-exceeded')?.record;
  }

  get #downloaded(): number {
    return sum(this.#lines, ({ size }) => size);
  }

  async #settle(): Promise<void> {
    const records = this.#lines.map(({ record }) => record);
    const failed = this.#exceeded ?? records.find(({ result }) => result !== '' && result !== 'success');
    // Those that ended by themselves are written already, but for what exceeds the total.
    for (const record of records) {
      if (record.result === '' || record === failed) await writeRecord({ ...record, result: record.result || 'aborted' });
    }
    const fetch = await changeFetch(this.#fetch.uid, (now) => {
      const failureReason = now.active === undefined ? 'aborted' : reasonOf(failed);
      const result = failureReason === '' ? 'success' : 'failure';
      const failureDetail = failureReason === 'aborted' ? '' : (failed?.detail ?? '');
      return { ...now, active: undefined, result, failureReason, failureDetail };
    });
    if (fetch) this.#fetch = fetch;
    this.#tell();
  }

  async #conclude(signal: AbortSignal): Promise<void> {
    const { uid, failureReason } = this.#fetch;
    await this.#means.deliver(END_EVENT[failureReason] ?? 'backgroundfetchfail', uid, signal);
    this.#post(false);
    const records = await readRecords(uid);
    // What came before the room or the line was gone need not come again.
    const isLeft = (record: JournalRecord): boolean =>
      (failureReason === 'quota-exceeded' || failureReason === 'fetch-error') &&
      record.result !== 'success' &&
      isResumable(record);
    await forgetFetch(this.#fetch, records.filter(isLeft));
    for (const record of records) if (record.body && !isLeft(record)) await deleteBody(record.body, 'unless kept');
  }

  #tell(): void {
    clearTimeout(this.#factsTimer);
    this.#factsTimer = undefined;
    this.#post(true);
  }

  #post(recordsAvailable: boolean): void {
    // Before its records are read there is nothing to tell.
    if (this.#lines.length === 0) return;
    const facts = { ...toFacts(this.#fetch, this.#lines, this.#transfer()), recordsAvailable };
    this.#means.wire.post({ kind: 'facts', uid: this.#fetch.uid, facts });
  }

  #transfer(): TransferFacts {
    const atRest = stateAtRest(this.#fetch);
    if (atRest.state !== 'queued') return atRest;
    const moving = this.#lines.filter(({ state, record }) => state === 'downloading' && record.result === '');
    if (moving.length > 0) return { state: moving.every(({ silent }) => silent) ? 'stalled' : 'downloading' };
    const waiting = this.#lines.find(({ waitingFor }) => waitingFor && waitingFor !== 'turn');
    return waiting ? { ...waiting, state: 'waiting' } : atRest;
  }
}

/** What is told at once; sizes can wait. */
const TELLING = ['state', 'waitingFor', 'waitingUntil', 'silent', 'record'] as const;

const END_EVENT: Partial<Record<BackgroundFetchFailureReason, keyof BackgroundFetchEventMap>> = {
  '': 'backgroundfetchsuccess',
  aborted: 'backgroundfetchabort',
};

function reasonOf(failed: JournalRecord | undefined): BackgroundFetchFailureReason {
  return failed && failed.result !== 'success' ? failed.result : '';
}

const noRelease: Release = () => undefined;
