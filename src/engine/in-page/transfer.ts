/** Brings one response to rest, whatever it takes: turns, retries, waits ("complete a record", standard §5.2). */
import type { WaitingFor } from '../../standard/extras.js';
import { exchange } from './answer.js';
import type { Tell } from './facts.js';
import { toFault } from './fault.js';
import { headerOf, type JournalRecord } from './journal.js';
import { LiveRecord } from './live-record.js';
import type { Mover } from './mover.js';
import { backOff, MAX_ATTEMPTS, MAX_DELAY, retryAfter, waitForNetwork, waitUntil } from './retry.js';
import type { Release } from './schedule.js';
import { watch, type Watchdog } from './watchdog.js';

/** Where a transfer gets its means from. */
export interface TransferMeans {
  /** Rejects with a fault where what moves bytes cannot be loaded. */
  readonly mover: () => Promise<Mover>;
  /** How long a transfer may be silent before the line is cut and made anew, in milliseconds. */
  readonly patience: number;
  readonly tell: Tell;
  takeTurn(signal: AbortSignal): Promise<Release>;
}

const SENT_BEFORE = 'The page closed meanwhile, and the request must not be sent twice.';

/** One record's way to its end. Aborting the signal stops it where it is, with its bytes kept. */
export class Transfer {
  readonly #record: LiveRecord;
  readonly #means: TransferMeans;
  readonly #signal: AbortSignal;
  /** Attempts since the last new byte. */
  #attempts = 0;
  #best = 0;
  #restarted = false;

  constructor(record: JournalRecord, means: TransferMeans, signal: AbortSignal) {
    this.#record = new LiveRecord(record, means.tell);
    this.#means = means;
    this.#signal = signal;
  }

  /** Resolves when the record has ended; rejects with the signal's reason when that stopped it. */
  async run(): Promise<void> {
    const record = this.#record;
    while (record.now.result === '') {
      try {
        if (record.now.sent) await record.end('fetch-error', SENT_BEFORE);
        else await this.#attempt();
      } catch (error) {
        this.#signal.throwIfAborted();
        // What could not be written down may be later.
        await this.#heed(error).catch(() => this.#wait(Date.now() + MAX_DELAY));
      }
    }
  }

  async #attempt(): Promise<void> {
    const { retryAt } = this.#record.now;
    if (retryAt !== undefined) await this.#wait(retryAt);
    if (!navigator.onLine) this.#waits('network');
    await waitForNetwork(this.#signal);
    this.#waits('turn');
    const release = await this.#means.takeTurn(this.#signal);
    const watchdog = this.#watch();
    try {
      await this.#exchange(watchdog);
    } catch (error) {
      throw watchdog?.signal.aborted ? watchdog.signal.reason : error;
    } finally {
      watchdog?.end();
      release();
    }
  }

  /** A request that is sent once may keep the server busy for as long as it likes. */
  #watch(): Watchdog | undefined {
    const { patience, tell } = this.#means;
    return this.#record.isRepeatable ? watch(patience, (silent) => tell({ silent })) : undefined;
  }

  async #exchange(watchdog: Watchdog | undefined): Promise<void> {
    const { tell } = this.#means;
    const record = this.#record;
    const mover = await this.#means.mover();
    const offset = await record.offset(mover.store);
    if (offset > 0 && offset === record.now.length) return record.end('success', '', offset);
    tell({ state: 'downloading', waitingFor: undefined, waitingUntil: undefined, silent: false, size: offset });
    const onSize = (size: number): void => {
      watchdog?.feed();
      if (size > this.#best) this.#attempts = 0;
      this.#best = Math.max(this.#best, size);
      tell({ size });
    };
    const signal = watchdog ? AbortSignal.any([this.#signal, watchdog.signal]) : this.#signal;
    await exchange(record, offset, { mover, signal, onSize });
  }

  /** Turns what went wrong into another attempt, now or later, or into the end. */
  async #heed(error: unknown): Promise<void> {
    const record = this.#record;
    const { head, request } = record.now;
    const { kind, message, head: answer } = toFault('storage', error);
    if (kind === 'quota') return record.end('quota-exceeded', message);
    if (kind === 'storage' || !record.isRepeatable || (kind === 'misfit' && this.#restarted))
      return record.end('fetch-error', message);
    if (kind === 'misfit') {
      this.#restarted = true;
      return;
    }
    if (!answer && !navigator.onLine) return;
    if (kind === 'silence' && this.#attempts === 0) {
      // What asks the server whether it is there comes from a server too: where that is out of reach, so is the network.
      const asking = await import('./refusal.js').catch(() => undefined);
      const refusal = await asking?.findRefusal(request, this.#signal);
      // What is refused with a range may be allowed without one.
      if (refusal !== undefined) return head ? record.drop() : record.end('fetch-error', refusal);
    }
    const isLast = ++this.#attempts === MAX_ATTEMPTS;
    const later = Date.now() + backOff(this.#attempts);
    if (!answer) return isLast ? record.end('fetch-error', message) : this.#wait(later);
    if (!isLast) return record.save({ retryAt: retryAfter(headerOf(answer, 'retry-after'), Date.now()) ?? later });
    await record.save({ head: head && { ...head, status: answer.status } });
    return record.end('bad-status', message);
  }

  async #wait(until: number): Promise<void> {
    this.#waits('retry', until);
    await waitUntil(until, this.#signal);
    if (this.#record.now.retryAt !== undefined) await this.#record.save({ retryAt: undefined });
  }

  #waits(waitingFor: WaitingFor, waitingUntil?: number): void {
    this.#means.tell({ state: 'waiting', waitingFor, waitingUntil });
  }
}
