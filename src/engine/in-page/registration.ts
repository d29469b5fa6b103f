/** `BackgroundFetchRegistration`, as the standard has it (§6.4), with the extras of this engine. */
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
  BackgroundFetchResult,
} from '../../standard/background-fetch.js';
import type { ControllableRegistration, FileProgress, TransferState, WaitingFor } from '../../standard/extras.js';
import type { JournalFetch } from './journal.js';
import type { Command } from './wire.js';
import type { RegistrationFacts } from './facts.js';

/** What a registration asks of the registry that made it. */
export interface RegistrationDesk {
  /** Writes down what the command changes and passes it on; false when the fetch had ended. */
  order(uid: string, command: Command, change: Partial<JournalFetch>): Promise<boolean>;
  matchAll(uid: string, ...query: Query): Promise<BackgroundFetchRecord[]>;
}

/** Which records are asked for; all of them without a request. */
export type Query = [request?: RequestInfo | URL, options?: CacheQueryOptions];

/** Shows one fetch as the last facts have it. Where scripts see the interface, it has `onprogress` too. */
export class InPageRegistration extends EventTarget implements ControllableRegistration {
  declare onprogress: BackgroundFetchRegistration['onprogress'];

  readonly #fetch: JournalFetch;
  readonly #desk: RegistrationDesk;
  #facts: RegistrationFacts;

  constructor(fetch: JournalFetch, facts: RegistrationFacts, desk: RegistrationDesk) {
    super();
    this.#fetch = fetch;
    this.#facts = facts;
    this.#desk = desk;
  }

  get id(): string {
    return this.#fetch.id;
  }
  get uploadTotal(): number {
    return this.#fetch.uploadTotal;
  }
  get uploaded(): number {
    return this.#facts.uploaded;
  }
  get downloadTotal(): number {
    return this.#fetch.downloadTotal;
  }
  get downloaded(): number {
    return this.#facts.downloaded;
  }
  get result(): BackgroundFetchResult {
    return this.#facts.result;
  }
  get failureReason(): BackgroundFetchFailureReason {
    return this.#facts.failureReason;
  }
  get recordsAvailable(): boolean {
    return this.#facts.recordsAvailable;
  }

  get state(): TransferState {
    return this.#facts.extras.state;
  }
  get waitingFor(): WaitingFor | undefined {
    return this.#facts.extras.waitingFor;
  }
  get waitingUntil(): number | undefined {
    return this.#facts.extras.waitingUntil;
  }
  get files(): readonly FileProgress[] {
    return this.#facts.extras.files;
  }
  get failureDetail(): string {
    return this.#facts.extras.failureDetail;
  }

  async abort(): Promise<boolean> {
    return this.#desk.order(this.#fetch.uid, 'abort', { active: undefined });
  }
  async pause(): Promise<boolean> {
    return this.#desk.order(this.#fetch.uid, 'pause', { paused: true });
  }
  async resume(): Promise<boolean> {
    return this.#desk.order(this.#fetch.uid, 'resume', { paused: false });
  }
  async setPriority(priority: number): Promise<boolean> {
    return this.#desk.order(this.#fetch.uid, 'prioritize', { priority });
  }
  async match(request: RequestInfo | URL, options: CacheQueryOptions = {}): Promise<BackgroundFetchRecord | undefined> {
    return (await this.matchAll(request, options))[0];
  }
  async matchAll(...query: Query): Promise<BackgroundFetchRecord[]> {
    if (!this.recordsAvailable) {
      throw new DOMException(`The records of background fetch "${this.id}" are no longer available.`, 'InvalidStateError');
    }
    return this.#desk.matchAll(this.#fetch.uid, ...query);
  }

  /** Takes newer facts and tells what they changed (§5.3). */
  update(facts: RegistrationFacts): void {
    const before = this.#facts;
    if (before.result !== '') {
      this.#facts = { ...before, recordsAvailable: facts.recordsAvailable };
      return;
    }
    this.#facts = facts;
    if (STANDARD.some((name) => facts[name] !== before[name])) this.dispatchEvent(new Event('progress'));
    if (EXTRA.some((name) => facts.extras[name] !== before.extras[name])) this.dispatchEvent(new Event('statechange'));
  }
}

const STANDARD = ['downloaded', 'uploaded', 'result', 'failureReason'] as const;
const EXTRA = ['state', 'waitingFor', 'waitingUntil'] as const;
