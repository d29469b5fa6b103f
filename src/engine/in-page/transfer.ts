/** Brings one response to rest, whatever it takes: turns, retries, waits ("complete a record", standard §5.2). */
import type { PlainRequest } from '../../standard/plain-request.js';
import { exchange, isRepeatable, NotNow } from './answer.js';
import { Fault } from './fault.js';
import { findRefusal } from './refusal.js';
import type { JournalRecord } from './journal.js';
import { LiveRecord, type RecordNews } from './live-record.js';
import type { Mover } from './mover.js';
import { backOff, MAX_ATTEMPTS, waitForNetwork, waitUntil } from './retry.js';
import type { Release } from './schedule.js';
import { Watchdog } from './watchdog.js';

/** What a transfer tells while it runs. */
export interface TransferNews extends RecordNews {
  waits(reason: 'network' | 'retry' | 'turn', until?: number): void;
  moves(): void;
  /** Nothing has come for a while, or something again. */
  stalls(silent: boolean): void;
}

/** Where a transfer gets its means from. */
export interface TransferMeans {
  readonly mover: Mover;
  /** How long a transfer may be silent before the line is cut and made anew, in milliseconds. */
  readonly patience: number;
  readonly news: TransferNews;
  /** What to ask for in place of a request that the server refuses. */
  renew(request: PlainRequest): Promise<PlainRequest | undefined>;
  takeTurn(signal: AbortSignal): Promise<Release>;
}

const SENT_BEFORE = 'The page closed while the request was under way, and it must not be sent twice.';

/** One record's way to its end. Aborting the signal stops it where it is, with its bytes kept. */
export class Transfer {
  readonly #record: LiveRecord;
  readonly #means: TransferMeans;
  readonly #signal: AbortSignal;
  /** Attempts since the last new byte. */
  #attempts = 0;
  #best = 0;
  #restarted = false;
  /** What is asked for in place of the record's request. */
  #instead: PlainRequest | undefined;
  /** It was asked for since the last new byte. */
  #renewed = false;

  constructor(record: JournalRecord, means: TransferMeans, signal: AbortSignal) {
    this.#record = new LiveRecord(record, means.news);
    this.#means = means;
    this.#signal = signal;
  }

  /** Resolves with how the record ended; rejects with the signal's reason when that stopped it. */
  async run(): Promise<JournalRecord> {
    const record = this.#record;
    if (record.now.sent && record.now.result === '') await record.end('fetch-error', SENT_BEFORE);
    while (record.now.result === '') {
      try {
        await this.#attempt();
      } catch (error) {
        this.#signal.throwIfAborted();
        await this.#heed(error);
      }
    }
    return record.now;
  }

  async #attempt(): Promise<void> {
    const { retryAt } = this.#record.now;
    if (retryAt !== undefined) await this.#wait(retryAt);
    if (!navigator.onLine) await this.#waitForNetwork();
    this.#means.news.waits('turn');
    const release = await this.#means.takeTurn(this.#signal);
    const watchdog = this.#watch();
    try {
      await this.#exchange(watchdog);
    } catch (error) {
      throw watchdog?.signal.aborted ? new Fault('network', String(watchdog.signal.reason)) : error;
    } finally {
      watchdog?.end();
      release();
    }
  }

  /** A request that is sent once may keep the server busy for as long as it likes. */
  #watch(): Watchdog | undefined {
    const { patience, news } = this.#means;
    return isRepeatable(this.#record.now.request.method) ? new Watchdog(patience, (silent) => news.stalls(silent)) : undefined;
  }

  async #exchange(watchdog: Watchdog | undefined): Promise<void> {
    const { mover, news } = this.#means;
    const record = this.#record;
    const offset = await record.offset(mover.store);
    if (offset > 0 && offset === record.now.length) return record.end('success', '', offset);
    news.moves();
    news.size(offset);
    const onSize = (size: number): void => {
      watchdog?.feed();
      if (size > this.#best) {
        this.#attempts = 0;
        this.#renewed = false;
      }
      this.#best = Math.max(this.#best, size);
      news.size(size);
    };
    const signal = watchdog ? AbortSignal.any([this.#signal, watchdog.signal]) : this.#signal;
    const renew = (): Promise<boolean> => this.#renew();
    await exchange(record, offset, { mover, signal, onSize, renew, request: this.#instead ?? record.now.request });
  }

  /** True when there is another address to try: one only, until it has brought something. */
  async #renew(): Promise<boolean> {
    if (this.#renewed) return false;
    this.#renewed = true;
    const instead = await this.#means.renew(this.#record.now.request);
    this.#instead = instead ?? this.#instead;
    return instead !== undefined;
  }

  /** Turns what went wrong into another attempt, now or later, or into the end. */
  async #heed(fault: unknown): Promise<void> {
    if (!(fault instanceof Fault)) throw fault;
    const record = this.#record;
    const { request, head } = record.now;
    const { kind, message } = fault;
    if (kind === 'quota') return record.end('quota-exceeded', message);
    if (kind === 'storage' || !isRepeatable(request.method)) return record.end('fetch-error', message);
    if (kind === 'misfit' && !this.#restarted) {
      this.#restarted = true;
      return;
    }
    if (kind === 'misfit') return record.end('fetch-error', message);
    if (fault instanceof NotNow) {
      if (++this.#attempts < MAX_ATTEMPTS) return record.save({ retryAt: fault.until ?? Date.now() + backOff(this.#attempts) });
      await record.save({ head: head && { ...head, status: fault.status } });
      return record.end('bad-status', message);
    }
    if (!navigator.onLine) return;
    if (kind === 'silence' && this.#attempts === 0) {
      const refusal = await findRefusal(request, this.#signal);
      // What is refused with a range may be allowed without one.
      if (refusal !== undefined) return head ? record.drop() : record.end('fetch-error', refusal);
    }
    if (++this.#attempts >= MAX_ATTEMPTS) return record.end('fetch-error', message);
    await this.#wait(Date.now() + backOff(this.#attempts));
  }

  async #wait(until: number): Promise<void> {
    this.#means.news.waits('retry', until);
    await waitUntil(until, this.#signal);
    if (this.#record.now.retryAt !== undefined) await this.#record.save({ retryAt: undefined });
  }

  async #waitForNetwork(): Promise<void> {
    this.#means.news.waits('network');
    await waitForNetwork(this.#signal);
  }
}
