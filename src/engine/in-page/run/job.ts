/** Runs one fetch: its transfers, progress and end event ("perform a background fetch", standard §5.1). */
import { deleteBody } from '../../../bytes/bodies.js';
import type { BackgroundFetchFailureReason } from '../../../standard/background-fetch.js';
import { aborted } from './aborted.js';
import { readProgress, idleStatus, sum, toFacts, type RecordProgress, type TransferStatus } from '../state/fetch-progress.js';
import { endEventOf, type InPageHost } from '../delivery/event-host.js';
import {
  changeFetch,
  deleteFetch,
  GoneError,
  INACTIVE,
  isActive,
  readFetch,
  readRecords,
  writeRecord,
  type JournalFetch,
  type JournalRecord,
} from '../state/journal.js';
import type { Transport } from '../transport/transport.js';
import { isResumable } from '../http/resume.js';
import type { TransferQueue } from '../transfer/queue.js';
import { Transfer, type TransferOptions } from '../transfer/transfer.js';
import type { Command, FetchChannel } from '../state/channel.js';

/** Dependencies shared by all jobs of a page. */
export interface JobContext {
  /** Resolves with the transport of the fetch `id`. */
  readonly transport: (id: string) => Promise<Transport>;
  readonly queue: TransferQueue;
  readonly channel: FetchChannel;
  readonly timeout: number;
  readonly host: InPageHost;
}

/** Interval of progress messages, in milliseconds. */
const REPORT_INTERVAL = 100;

/** Interval of checks that the fetch is still in the journal, in milliseconds. */
const CHECK_INTERVAL = 3000;

/** One active fetch. */
export class Job {
  #fetch: JournalFetch;
  readonly #context: JobContext;
  #progress: RecordProgress[] = [];
  /** Ends the current run, which transfers or pauses; replaced for each run. */
  #run = new AbortController();
  /** True if it does not queue. */
  #skipsQueue = false;
  /** True if the next attempts do not wait for a retry time or the network either. */
  #skipsWait = false;
  #isDeleted = false;
  #reportTimer: ReturnType<typeof setTimeout> | undefined;
  /** Record that exceeded the download total. */
  #exceeded: JournalRecord | undefined;

  constructor(fetch: JournalFetch, context: JobContext) {
    this.#fetch = fetch;
    this.#context = context;
  }

  /** Runs until the fetch has ended and its event is delivered, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#run.abort();
    signal.addEventListener('abort', stop, { once: true });
    const checking = setInterval(() => void this.#checkStored(), CHECK_INTERVAL);
    try {
      this.#progress = await readProgress(this.#fetch.uid);
      // A fetch without records cannot succeed.
      this.#isDeleted = this.#progress.length === 0;
      while (this.#fetch.result === '' && !signal.aborted && !this.#isDeleted) await this.#runOnce();
      if (this.#isDeleted) await this.#endDeleted();
      else if (!signal.aborted) await this.#deliverEnd(signal);
    } finally {
      clearInterval(checking);
      signal.removeEventListener('abort', stop);
      stop();
      clearTimeout(this.#reportTimer);
    }
  }

  /** Runs a command whose change is already in the journal. */
  async runCommand(command: Command): Promise<void> {
    if (command === 'report') {
      this.#report();
      return;
    }
    const fetch = await readFetch(this.#fetch.uid);
    if (!fetch || this.#fetch.result !== '') return;
    const { paused } = this.#fetch;
    this.#fetch = fetch;
    const isResumed = command === 'resume';
    this.#skipsQueue ||= isResumed;
    // A paused, queued or waiting transfer starts now; an active one is not interrupted.
    if (isResumed && (paused || ['queued', 'waiting'].includes(this.#status().state))) this.#skipsWait = true;
    else if (isResumed || command === 'prioritize') return;
    this.#run.abort();
  }

  async #runOnce(): Promise<void> {
    const { signal } = (this.#run = new AbortController());
    try {
      if (this.#fetch.paused && isActive(this.#fetch)) await this.#waitWhilePaused();
      else if (await this.#transferAll(signal)) await this.#storeEnd();
    } catch (error) {
      if (!(error instanceof GoneError)) throw error;
      this.#isDeleted = true;
      this.#run.abort();
    }
  }

  /** Checks that the fetch is still stored: browsers delete a site's storage without notice. */
  async #checkStored(): Promise<void> {
    // A failed read is repeated with the next check.
    if ((await readFetch(this.#fetch.uid).catch(() => this.#fetch)) !== undefined) return;
    this.#isDeleted = true;
    this.#run.abort();
  }

  /** Notifies the pages of the end of a fetch that is no longer stored. */
  async #endDeleted(): Promise<void> {
    const { message } = new GoneError();
    this.#fetch = { ...this.#fetch, ...INACTIVE, result: 'failure', failureReason: 'fetch-error', failureDetail: message };
    this.#post(false);
    await deleteFetch(this.#fetch, []);
  }

  async #waitWhilePaused(): Promise<void> {
    this.#report();
    await aborted(this.#run.signal);
  }

  /** Resolves with true when every record or the fetch has ended; with false if it was only interrupted. */
  async #transferAll(signal: AbortSignal): Promise<boolean> {
    if (!isActive(this.#fetch)) return true;
    const transfers = this.#progress.map((_, index) => this.#transfer(index, signal));
    this.#skipsWait = false;
    await Promise.all(transfers);
    if (this.#isDeleted) return false;
    return !signal.aborted || this.#exceeded !== undefined || !isActive(this.#fetch);
  }

  async #transfer(index: number, signal: AbortSignal): Promise<void> {
    const line = this.#progress[index];
    if (!line || line.record.result !== '') return;
    const { transport, timeout, queue } = this.#context;
    const options: TransferOptions = {
      timeout,
      transport: () => transport(this.#fetch.id),
      takeSlot: async (until, onQueued) => (this.#skipsQueue ? () => undefined : queue.take(() => this.#fetch, until, onQueued)),
      report: (change) => this.#update(index, change),
    };
    try {
      await new Transfer(line.record, options, signal, this.#skipsWait).run();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #update(index: number, change: Partial<RecordProgress>): void {
    const before = this.#progress[index];
    if (!before || this.#exceeded) return;
    const line = { ...before, ...change };
    this.#progress[index] = line;
    const { downloadTotal } = this.#fetch;
    if (downloadTotal > 0 && sum(this.#progress, ({ size }) => size) > downloadTotal) this.#endExceeded(index, line);
    else if (REPORTED_AT_ONCE.some((name) => line[name] !== before[name])) this.#report();
    else this.#reportTimer ??= setTimeout(() => this.#report(), REPORT_INTERVAL);
  }

  /** Ends the fetch if the total is exceeded: the other records are aborted. */
  #endExceeded(index: number, line: RecordProgress): void {
    const detail = `More than the download total of ${this.#fetch.downloadTotal} bytes came.`;
    this.#exceeded = { ...line.record, result: 'download-total-exceeded', detail };
    this.#progress[index] = { ...line, record: this.#exceeded };
    this.#run.abort();
  }

  async #storeEnd(): Promise<void> {
    const records = this.#progress.map(({ record }) => record);
    const failed = this.#exceeded ?? records.find(({ result }) => result !== '' && result !== 'success');
    // Records that ended are already written, except the one that exceeded the total.
    for (const record of records) {
      if (record.result === '' || record === failed) await writeRecord({ ...record, result: record.result || 'aborted' });
    }
    const fetch = await changeFetch(this.#fetch.uid, (now) => {
      const failureReason = !isActive(now) ? 'aborted' : ((failed?.result ?? '') as BackgroundFetchFailureReason);
      const result = failureReason === '' ? 'success' : 'failure';
      const failureDetail = failureReason === 'aborted' ? '' : (failed?.detail ?? '');
      const failureCause = failureReason === 'aborted' ? undefined : failed?.cause;
      return { ...now, ...INACTIVE, result, failureReason, failureDetail, failureCause };
    });
    if (!fetch) throw new GoneError();
    this.#fetch = fetch;
    this.#report();
  }

  async #deliverEnd(signal: AbortSignal): Promise<void> {
    const { uid, failureReason } = this.#fetch;
    const event = endEventOf(this.#fetch);
    if (event) await this.#context.host.deliver(event, uid, signal);
    this.#post(false);
    const records = await readRecords(uid);
    // Bytes received before the failure are kept for the next attempt.
    const isLeft = (record: JournalRecord): boolean =>
      (failureReason === 'quota-exceeded' || failureReason === 'fetch-error') &&
      record.result !== 'success' &&
      isResumable(record);
    await deleteFetch(this.#fetch, records.filter(isLeft));
    for (const record of records) if (record.body && !isLeft(record)) await deleteBody(record.body, 'unless kept');
  }

  #report(): void {
    clearTimeout(this.#reportTimer);
    this.#reportTimer = undefined;
    this.#post(true);
  }

  #post(recordsAvailable: boolean): void {
    // Before its records are read there is no progress.
    if (this.#progress.length === 0) return;
    const facts = { ...toFacts(this.#fetch, this.#progress, this.#status()), recordsAvailable };
    this.#context.channel.post({ kind: 'facts', uid: this.#fetch.uid, facts });
  }

  #status(): TransferStatus {
    const atRest = idleStatus(this.#fetch);
    if (atRest.state !== 'queued') return atRest;
    const moving = this.#progress.filter(({ state, record }) => state === 'downloading' && record.result === '');
    if (moving.length > 0) return { state: moving.every(({ silent }) => silent) ? 'stalled' : 'downloading' };
    const waiting = this.#progress.find(({ waitingFor }) => waitingFor && waitingFor !== 'turn');
    if (waiting) return { ...waiting, state: 'waiting' };
    return this.#progress.some(({ waitingFor }) => waitingFor === 'turn') ? { state: 'queued', waitingFor: 'turn' } : atRest;
  }
}

/** Changes that are posted at once; sizes are batched. */
const REPORTED_AT_ONCE = ['state', 'waitingFor', 'waitingUntil', 'silent', 'record'] as const;
