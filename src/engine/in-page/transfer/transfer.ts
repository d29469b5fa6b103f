/** Downloads and stores one response, with queueing, retries and waits ("complete a record", standard §5.2). */
import type { WaitingFor } from '../../../standard/extras.js';
import { exchange } from './exchange.js';
import type { ReportProgress } from '../state/fetch-progress.js';
import { TransferError, toTransferError } from '../transport/transfer-error.js';
import { findRefusal } from '../http/diagnose.js';
import { GoneError, headerOf, type JournalRecord } from '../state/journal.js';
import { RecordWriter } from './record-writer.js';
import type { Transport } from '../transport/transport.js';
import { backOff, LONGEST_WAIT, MAX_ATTEMPTS, retryAfter, waitFor, waitForNetwork } from '../http/retry.js';
import type { ReleaseSlot } from './queue.js';
import { watch, type Watchdog } from './watchdog.js';
import { anySignal } from '../../../standard/older-browsers.js';

/** Dependencies of a transfer. */
export interface TransferOptions {
  readonly transport: () => Promise<Transport>;
  /** Timeout without data after which the request is aborted and repeated, in milliseconds. */
  readonly timeout: number;
  readonly report: ReportProgress;
  /** Resolves with a slot; calls `onQueued` if none is free. */
  takeSlot(signal: AbortSignal, onQueued: () => void): Promise<ReleaseSlot>;
}

const ALREADY_SENT = 'The page closed meanwhile, and the request must not be sent twice.';

/** Transfer of one record. Aborting the signal stops it and keeps its bytes. */
export class Transfer {
  readonly #record: RecordWriter;
  readonly #options: TransferOptions;
  readonly #signal: AbortSignal;
  /** Attempts since the last new byte. */
  #attempts = 0;
  #best = 0;
  /** Storage errors since the last stored byte. */
  #storageErrors = 0;
  #lastOffset = 0;
  #restarted = false;
  /** Failed attempts in a row after which the server was found to be there. */
  #refusals = 0;
  /** Factor of the timeout, doubled after each one. */
  #timeoutFactor = 1;
  #isUrgent: boolean;

  /** An urgent transfer does not wait before its first attempt. */
  constructor(record: JournalRecord, options: TransferOptions, signal: AbortSignal, isUrgent = false) {
    this.#record = new RecordWriter(record, options.report);
    this.#options = options;
    this.#signal = signal;
    this.#isUrgent = isUrgent;
  }

  /** Resolves when the record has ended; rejects with the signal's reason when it aborts. */
  async run(): Promise<void> {
    const record = this.#record;
    while (record.current.result === '') {
      try {
        if (record.current.sent) await record.end('fetch-error', ALREADY_SENT);
        else await this.#attempt();
      } catch (error) {
        this.#signal.throwIfAborted();
        // A failed write is repeated.
        await this.#handleError(error).catch((later: unknown) => this.#waitAfterFailedWrite(later));
      }
    }
  }

  async #attempt(): Promise<void> {
    const { retryAt, retrySince = -Infinity } = this.#record.current;
    const isUrgent = this.#isUrgent;
    this.#isUrgent = false;
    if (retryAt !== undefined) {
      const left = retryAt - Date.now();
      // If the clock was set back, the remaining wait is unknown: the request is sent now.
      if (!isUrgent && left <= Math.min(retryAt - retrySince, LONGEST_WAIT)) await this.#wait(left);
      await this.#record.save({ retryAt: undefined, retrySince: undefined });
    }
    if (!navigator.onLine && !isUrgent) {
      this.#reportWait('network');
      await waitForNetwork(this.#options.timeout, this.#signal);
    }
    const release = await this.#options.takeSlot(this.#signal, () => {
      if (navigator.onLine) this.#reportWait('turn');
    });
    const watchdog = this.#watch();
    try {
      await this.#exchange(watchdog);
    } catch (error) {
      if (!watchdog?.signal.aborted) throw error;
      this.#timeoutFactor = Math.min(2 * this.#timeoutFactor, MAX_TIMEOUT_FACTOR);
      throw watchdog.signal.reason;
    } finally {
      watchdog?.stop();
      release();
    }
  }

  /** Returns a watchdog; a request that must not be repeated has none. */
  #watch(): Watchdog | undefined {
    const { timeout, report } = this.#options;
    return this.#record.isRepeatable ? watch(timeout, this.#timeoutFactor, (silent) => report({ silent })) : undefined;
  }

  async #exchange(watchdog: Watchdog | undefined): Promise<void> {
    const { report } = this.#options;
    const record = this.#record;
    const transport = await this.#options.transport();
    const offset = await record.offset(transport.store);
    if (offset > this.#lastOffset) this.#storageErrors = 0;
    this.#lastOffset = offset;
    if (offset > 0 && offset === record.current.length) return record.end('success', '', { size: offset });
    const downloading = { state: 'downloading', waitingFor: undefined, waitingUntil: undefined, silent: false } as const;
    // After a failure, and while the browser is offline, this is only an attempt.
    const isFirst = navigator.onLine && this.#attempts === 0;
    report(isFirst ? { ...downloading, size: offset } : { size: offset });
    const onSize = (size: number): void => {
      watchdog?.restart();
      if (size > this.#best) this.#attempts = 0;
      this.#best = Math.max(this.#best, size);
      report({ ...downloading, size });
    };
    const signal = watchdog ? anySignal(this.#signal, watchdog.signal) : this.#signal;
    const best = this.#best;
    await exchange(record, offset, { transport, signal, onSize });
    // A partial response without new bytes must not be requested again at once.
    if (record.current.result === '' && this.#best === best)
      throw new TransferError('incomplete', 'The server sends nothing new.');
  }

  /** Handles an error: retries now or later, or ends the record. */
  async #handleError(error: unknown): Promise<void> {
    const record = this.#record;
    const { head } = record.current;
    const { kind, message: reason, head: answer } = toTransferError('storage', error);
    const message = kind === 'storage' ? `The storage of this browser failed: ${reason}` : reason;
    if (error instanceof GoneError) throw error;
    if (kind !== 'no-response') this.#refusals = 0;
    if (kind === 'quota') return record.end('quota-exceeded', message);
    const failed = () => record.end('fetch-error', message, { cause: kind === 'storage' ? kind : undefined });
    if (!record.isRepeatable) return failed();
    // CDN nodes may have different versions: further restarts wait, and end when none gets farther.
    if (kind === 'range-mismatch' && !this.#restarted) {
      this.#restarted = true;
      return;
    }
    if (!answer && !navigator.onLine) return;
    if (kind === 'no-response') {
      const refusal = await this.#findRefusal();
      // A request that is blocked with a range may be allowed without one.
      if (refusal !== undefined) return head ? record.deletePartialBody() : record.end('fetch-error', refusal);
      // The server is there now.
      if (this.#refusals === 1) return;
    }
    const tries = kind === 'storage' ? ++this.#storageErrors : ++this.#attempts;
    const delay = backOff(tries);
    if (answer) {
      const now = Date.now();
      const retryAt = now + Math.max(delay, retryAfter(headerOf(answer, 'retry-after'), now));
      return record.save({ retryAt, retrySince: now });
    }
    if (kind === 'no-response' || kind === 'network') return this.#wait(delay, 'network');
    return tries < MAX_ATTEMPTS ? this.#wait(delay) : failed();
  }

  /**
   * Resolves with the reason why the request fails every time, if there is one. A network that is back looks the same, and a server that has
   * answered before may send a temporary error without CORS headers.
   */
  async #findRefusal(): Promise<string | undefined> {
    const { request, head } = this.#record.current;
    const { reason, isCertain } = (await findRefusal(request, this.#signal)) ?? {};
    this.#refusals = reason === undefined ? 0 : this.#refusals + 1;
    return isCertain || this.#refusals >= (head ? MAX_ATTEMPTS : 2) ? reason : undefined;
  }

  /** Waits after a failed write. */
  async #waitAfterFailedWrite(error: unknown): Promise<void> {
    this.#signal.throwIfAborted();
    if (error instanceof GoneError) throw error;
    await this.#wait(backOff(++this.#attempts));
  }

  /** Waits before the next attempt; for the network only until it is back. */
  async #wait(time: number, waitingFor: 'retry' | 'network' = 'retry'): Promise<void> {
    const report = (until: number) => this.#reportWait(waitingFor, until);
    report(Date.now() + time);
    await waitFor(time, this.#signal, report, waitingFor === 'network');
  }

  #reportWait(waitingFor: WaitingFor, waitingUntil?: number): void {
    this.#options.report({ state: 'waiting', waitingFor, waitingUntil });
  }
}

/** Maximum factor of the timeout. */
const MAX_TIMEOUT_FACTOR = 8;
