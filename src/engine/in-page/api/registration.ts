/** `BackgroundFetchRegistration` (§6.4) with the extensions of this engine. */
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
  BackgroundFetchResult,
} from '../../../standard/background-fetch.js';
import type {
  ControllableRegistration,
  FailureCause,
  FileProgress,
  TransferState,
  WaitingFor,
} from '../../../standard/extras.js';
import { INACTIVE, type JournalFetch } from '../state/journal.js';
import type { Command } from '../state/channel.js';
import type { RegistrationFacts } from '../state/fetch-progress.js';

/** The part of the registry that a registration uses. */
export interface RegistrationOwner {
  /** Stores the change of a command and posts it; resolves with false if the fetch has ended. */
  runCommand(uid: string, command: Command, change: Partial<JournalFetch>): Promise<boolean>;
  matchAll(uid: string, ...query: Query): Promise<BackgroundFetchRecord[]>;
}

/** Query of records; all records without a request. */
export type Query = [request?: RequestInfo | URL, options?: CacheQueryOptions];

/** One fetch with its last known attributes. As an exposed interface it has `onprogress` too. */
export class InPageRegistration extends EventTarget implements ControllableRegistration {
  declare onprogress: BackgroundFetchRegistration['onprogress'];

  readonly #fetch: JournalFetch;
  readonly #owner: RegistrationOwner;
  #facts: RegistrationFacts;

  constructor(fetch: JournalFetch, facts: RegistrationFacts, desk: RegistrationOwner) {
    super();
    this.#fetch = fetch;
    this.#facts = facts;
    this.#owner = desk;
  }

  /** Throws a `TypeError` for a value that is not a registration, as the attributes of an interface do. */
  static check(value: unknown): InPageRegistration {
    if (value instanceof InPageRegistration && #fetch in value) return value;
    throw new TypeError('Illegal invocation');
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

  get startedAt(): number {
    return this.#fetch.startedAt;
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
  get failureCause(): FailureCause | undefined {
    return this.#facts.extras.failureCause;
  }

  async abort(): Promise<boolean> {
    return this.#owner.runCommand(this.#fetch.uid, 'abort', INACTIVE);
  }
  async pause(): Promise<boolean> {
    return this.#owner.runCommand(this.#fetch.uid, 'pause', { paused: true });
  }
  async resume(): Promise<boolean> {
    return this.#owner.runCommand(this.#fetch.uid, 'resume', { paused: false });
  }
  async setPriority(priority: number): Promise<boolean> {
    return this.#owner.runCommand(this.#fetch.uid, 'prioritize', { priority });
  }
  async match(request: RequestInfo | URL, options: CacheQueryOptions = {}): Promise<BackgroundFetchRecord | undefined> {
    return (await this.#match(request, options))[0];
  }
  async matchAll(...query: Query): Promise<BackgroundFetchRecord[]> {
    return this.#match(...query);
  }

  async #match(...query: Query): Promise<BackgroundFetchRecord[]> {
    if (!this.#facts.recordsAvailable) {
      throw new DOMException(`The records of background fetch "${this.id}" are no longer available.`, 'InvalidStateError');
    }
    return this.#owner.matchAll(this.#fetch.uid, ...query);
  }

  /** Updates the attributes and dispatches the events of their changes (§5.3). */
  update(facts: RegistrationFacts): void {
    const before = this.#facts;
    if (before.result !== '') {
      this.#facts = { ...before, recordsAvailable: facts.recordsAvailable };
      return;
    }
    this.#facts = facts;
    if (STANDARD_PROPERTIES.some((name) => facts[name] !== before[name])) this.dispatchEvent(new Event('progress'));
    if (EXTRA_PROPERTIES.some((name) => facts.extras[name] !== before.extras[name])) this.dispatchEvent(new Event('statechange'));
  }
}

const STANDARD_PROPERTIES = ['downloaded', 'uploaded', 'result', 'failureReason'] as const;
const EXTRA_PROPERTIES = ['state', 'waitingFor', 'waitingUntil'] as const;
