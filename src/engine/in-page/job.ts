/** Brings one fetch to its end: all its records, the facts about them, the event ("perform a background fetch", standard §5.1). */
import { deleteBody } from '../../bytes/bodies.js';
import type { BackgroundFetchEventMap, BackgroundFetchFailureReason } from '../../standard/background-fetch.js';
import { aborted } from './aborted.js';
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
import type { Schedule } from './schedule.js';
import { Transfer, type TransferMeans } from './transfer.js';
import type { Command, Wire } from './wire.js';

/** What all jobs of a page share. */
export interface JobMeans {
  /** What moves the bytes of the fetch `id`. */
  readonly mover: (id: string) => Promise<Mover>;
  readonly schedule: Schedule;
  readonly wire: Wire;
  readonly patience: number;
  readonly host: InPageHost;
}

/** How often the facts go out while bytes arrive, in milliseconds. */
const FACTS_INTERVAL = 100;

/** One fetch on its way. */
export class Job {
  #fetch: JournalFetch;
  readonly #means: JobMeans;
  #lines: Line[] = [];
  /** Ends what it does, which is to move or to rest; a new one each time. */
  #run = new AbortController();
  /** It does not wait for its turn. */
  #urgent = false;
  #factsTimer: ReturnType<typeof setTimeout> | undefined;
  /** The record with which too much came. */
  #exceeded: JournalRecord | undefined;

  constructor(fetch: JournalFetch, means: JobMeans) {
    this.#fetch = fetch;
    this.#means = means;
  }

  /** Runs until the fetch has ended and its event is delivered, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#run.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#lines = await linesAtRest(this.#fetch.uid);
      while (this.#fetch.result === '' && !signal.aborted) {
        this.#run = new AbortController();
        if (this.#fetch.paused && this.#fetch.active !== undefined) await this.#rest();
        else if (await this.#moveAll(this.#run.signal)) await this.#settle();
      }
      if (!signal.aborted) await this.#conclude(signal);
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
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
    const { paused } = this.#fetch;
    this.#fetch = fetch;
    this.#urgent ||= command === 'resume';
    // What rests or queues starts now; what moves is not disturbed.
    if (command === 'resume' ? paused || this.#transfer().state === 'queued' : command !== 'prioritize') this.#run.abort();
  }

  async #rest(): Promise<void> {
    this.#tell();
    await aborted(this.#run.signal);
  }

  /** True when every record has ended or the fetch must; false when it was only stopped. */
  async #moveAll(signal: AbortSignal): Promise<boolean> {
    if (this.#fetch.active === undefined) return true;
    await Promise.all(this.#lines.map((_, index) => this.#move(index, signal)));
    return !signal.aborted || this.#exceeded !== undefined || this.#fetch.active === undefined;
  }

  async #move(index: number, signal: AbortSignal): Promise<void> {
    const line = this.#lines[index];
    if (!line || line.record.result !== '') return;
    const { mover, patience, schedule } = this.#means;
    const means: TransferMeans = {
      patience,
      mover: () => mover(this.#fetch.id),
      takeTurn: async (until) => (this.#urgent ? () => undefined : schedule.take(() => this.#fetch, until)),
      tell: (change) => this.#set(index, change),
    };
    try {
      await new Transfer(line.record, means, signal).run();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #set(index: number, change: Partial<Line>): void {
    const before = this.#lines[index];
    if (!before || this.#exceeded) return;
    const line = { ...before, ...change };
    this.#lines[index] = line;
    const { downloadTotal } = this.#fetch;
    if (downloadTotal > 0 && sum(this.#lines, ({ size }) => size) > downloadTotal) this.#exceed(index, line);
    else if (TELLING.some((name) => line[name] !== before[name])) this.#tell();
    else this.#factsTimer ??= setTimeout(() => this.#tell(), FACTS_INTERVAL);
  }

  /** The one failure that does not wait for the other records: they are aborted, whatever still comes of them. */
  #exceed(index: number, line: Line): void {
    const detail = `More than the download total of ${this.#fetch.downloadTotal} bytes came.`;
    this.#exceeded = { ...line.record, result: 'download-total-exceeded', detail };
    this.#lines[index] = { ...line, record: this.#exceeded };
    this.#run.abort();
  }

  async #settle(): Promise<void> {
    const records = this.#lines.map(({ record }) => record);
    const failed = this.#exceeded ?? records.find(({ result }) => result !== '' && result !== 'success');
    // Those that ended by themselves are written already, but for what exceeds the total.
    for (const record of records) {
      if (record.result === '' || record === failed) await writeRecord({ ...record, result: record.result || 'aborted' });
    }
    const fetch = await changeFetch(this.#fetch.uid, (now) => {
      const failureReason = now.active === undefined ? 'aborted' : ((failed?.result ?? '') as BackgroundFetchFailureReason);
      const result = failureReason === '' ? 'success' : 'failure';
      const failureDetail = failureReason === 'aborted' ? '' : (failed?.detail ?? '');
      return { ...now, active: undefined, result, failureReason, failureDetail };
    });
    if (fetch) this.#fetch = fetch;
    this.#tell();
  }

  async #conclude(signal: AbortSignal): Promise<void> {
    const { uid, failureReason } = this.#fetch;
    await this.#means.host.deliver(END_EVENT[failureReason] ?? 'backgroundfetchfail', uid, signal);
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
