/** Brings one fetch to its end: all its records, the facts about them, the event ("perform a background fetch", standard §5.1). */
import { deleteBody, sizeAtRest } from '../../bytes/bodies.js';
import type { BackgroundFetchEventMap, BackgroundFetchFailureReason } from '../../standard/background-fetch.js';
import type { FileProgress, TransferState, WaitingFor } from '../../standard/extras.js';
import type { InPageHost } from './host.js';
import { changeFetch, forgetFetch, readRecords, writeRecord, type JournalFetch, type JournalRecord } from './journal.js';
import type { Mover } from './mover.js';
import { withoutActive } from './registry.js';
import type { Release, Schedule } from './schedule.js';
import { Transfer } from './transfer.js';
import type { Command, RegistrationFacts, Wire } from './wire.js';

/** What all jobs of a page share. */
export interface JobMeans {
  readonly mover: () => Promise<Mover>;
  readonly schedule: Schedule;
  readonly wire: Wire;
  readonly patience: number;
  readonly deliver: InPageHost['deliver'];
}

/** How often the facts go out while bytes arrive, in milliseconds. */
const FACTS_INTERVAL = 100;

interface Line {
  readonly record: JournalRecord;
  readonly size: number;
  readonly state: FileProgress['state'];
  readonly waitingFor?: WaitingFor | undefined;
  readonly waitingUntil?: number | undefined;
  readonly silent?: boolean;
}

/** One fetch on its way. */
export class Job {
  #fetch: JournalFetch;
  readonly #means: JobMeans;
  #lines: Line[] = [];
  #reason: BackgroundFetchFailureReason = '';
  #detail = '';
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
      this.#lines = await Promise.all((await readRecords(this.#fetch.uid)).map(toLine));
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
    const fetch = await changeFetch(this.#fetch.uid, () => undefined);
    if (!fetch || this.#fetch.result !== '') return;
    this.#fetch = fetch;
    if (command === 'resume') this.#startNow();
    else this.#run.abort(new DOMException(`The background fetch was told to ${command}.`, 'AbortError'));
    if (command === 'abort') this.#woken.resolve(undefined);
  }

  /** Ends whatever it waits for, its turn included, but does not disturb what moves. */
  #startNow(): void {
    this.#urgent = true;
    this.#woken.resolve(undefined);
    if (this.#state(false) === 'queued') this.#run.abort(new DOMException('The background fetch starts now.', 'AbortError'));
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
    const outcomes = await Promise.allSettled(this.#lines.map((_, index) => this.#move(index, mover, signal)));
    const fault = outcomes.find((outcome) => outcome.status === 'rejected' && !signal.aborted);
    if (fault?.status === 'rejected') {
      this.#fail('fetch-error', String(fault.reason));
      return true;
    }
    return !signal.aborted || this.#reason !== '' || this.#fetch.active === undefined;
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
      this.#urgent ? Promise.resolve(noRelease) : schedule.take(this.#fetch.startedAt, until);
    const { result, detail } = await new Transfer(line.record, { mover, patience, takeTurn, news }, signal).run();
    if (result !== 'success' && result !== '') this.#fail(result, detail);
  }

  #fail(reason: Exclude<BackgroundFetchFailureReason, ''>, detail: string): void {
    if (this.#reason === '') {
      this.#reason = reason;
      this.#detail = detail;
    }
  }

  #set(index: number, change: Partial<Line>): void {
    const before = this.#lines[index];
    if (!before) return;
    const line = { ...before, ...change };
    this.#lines[index] = line;
    if (this.#exceedsTotal(index)) this.#run.abort(new DOMException('More bytes than the download total came.', 'AbortError'));
    else if (TELLING.some((name) => line[name] !== before[name])) this.#tell();
    else this.#factsTimer ??= setTimeout(() => this.#tell(), FACTS_INTERVAL);
  }

  /** The one failure that does not wait for the other records. */
  #exceedsTotal(index: number): boolean {
    const { downloadTotal } = this.#fetch;
    const line = this.#lines[index];
    if (!line || downloadTotal === 0 || this.#downloaded <= downloadTotal) return false;
    this.#lines[index] = { ...line, record: { ...line.record, result: 'download-total-exceeded' } };
    this.#fail('download-total-exceeded', `More than the ${downloadTotal} bytes of the download total came.`);
    return true;
  }

  get #downloaded(): number {
    return this.#lines.reduce((sum, { size }) => sum + size, 0);
  }

  async #settle(): Promise<void> {
    for (const { record } of this.#lines) {
      const { result } = record;
      if (result === '' || result === 'download-total-exceeded') await writeRecord({ ...record, result: result || 'aborted' });
    }
    const fetch = await changeFetch(this.#fetch.uid, (now) => {
      const failureReason = now.active === undefined ? 'aborted' : this.#reason;
      const result = failureReason === '' ? 'success' : 'failure';
      return { ...withoutActive(now), result, failureReason, failureDetail: failureReason === 'aborted' ? '' : this.#detail };
    });
    if (fetch) this.#fetch = fetch;
    this.#tell();
  }

  async #conclude(signal: AbortSignal): Promise<void> {
    const { uid, failureReason } = this.#fetch;
    await this.#means.deliver(END_EVENT[failureReason] ?? 'backgroundfetchfail', uid, signal);
    this.#post(false);
    const records = await readRecords(uid);
    await forgetFetch(uid);
    for (const { body } of records) if (body) await deleteBody(body, 'unless kept');
  }

  #tell(): void {
    clearTimeout(this.#factsTimer);
    this.#factsTimer = undefined;
    this.#post(true);
  }

  #post(recordsAvailable: boolean): void {
    // Before its records are read there is nothing to tell.
    if (this.#lines.length === 0) return;
    this.#means.wire.post({ kind: 'facts', uid: this.#fetch.uid, facts: this.#facts(recordsAvailable) });
  }

  #facts(recordsAvailable: boolean): RegistrationFacts {
    const { downloadTotal, uploadTotal, result, failureReason, failureDetail } = this.#fetch;
    const waiting = this.#lines.find(({ state, waitingFor }) => state === 'waiting' && waitingFor !== 'turn');
    const state = this.#state(waiting !== undefined);
    return {
      downloaded: this.#downloaded,
      downloadTotal,
      uploaded: this.#lines.reduce((sum, { record }) => sum + record.uploaded, 0),
      uploadTotal,
      result,
      failureReason,
      recordsAvailable,
      extras: {
        state,
        waitingFor: state === 'waiting' ? waiting?.waitingFor : state === 'queued' ? 'turn' : undefined,
        waitingUntil: state === 'waiting' ? waiting?.waitingUntil : undefined,
        files: this.#lines.map(toFile),
        failureDetail,
      },
    };
  }

  #state(waiting: boolean): TransferState {
    if (this.#fetch.active === undefined) return 'settled';
    if (this.#fetch.paused) return 'paused';
    const moving = this.#lines.filter(({ state, record }) => state === 'downloading' && record.result === '');
    if (moving.length > 0) return moving.every(({ silent }) => silent) ? 'stalled' : 'downloading';
    return waiting ? 'waiting' : 'queued';
  }
}

/** What is told at once; sizes can wait. */
const TELLING = ['state', 'waitingFor', 'waitingUntil', 'silent', 'record'] as const;

const END_EVENT: Partial<Record<BackgroundFetchFailureReason, keyof BackgroundFetchEventMap>> = {
  '': 'backgroundfetchsuccess',
  aborted: 'backgroundfetchabort',
};

const noRelease: Release = () => undefined;

async function toLine(record: JournalRecord): Promise<Line> {
  const { body, result } = record;
  const size = result === '' ? await sizeAtRest(body?.key ?? '') : (body?.size ?? 0);
  return { record, size, state: 'waiting' };
}

function toFile({ record, size, state }: Line): FileProgress {
  const { request, head, length, result } = record;
  return {
    url: request.url,
    downloaded: size,
    downloadTotal: length,
    state: result === '' ? state : result === 'success' ? 'done' : 'failed',
    status: head?.status ?? 0,
  };
}
