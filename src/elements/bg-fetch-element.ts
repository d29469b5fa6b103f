/** What every element that shows one download has: a record from a client or by hand, a language, states and a voice. */
import { isServer, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageClient } from '../controllers/client-context.js';
import { FetchController } from '../controllers/fetch-controller.js';
import { TickController } from '../controllers/tick-controller.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import { follow } from '../view/course.js';
import { fill, type Language } from '../view/messages.js';
import { progressOf } from '../view/progress.js';
import { isTicking, spokenTitleOf, spokenWordsOf, type Circumstances } from '../view/words.js';
import { Announcer } from './announcer.js';
import { Localizer } from './localizer.js';
import { CustomStates } from './states.js';

/** Base class of the elements that show one download. */
export abstract class BgFetchElement extends LitElement {
  /** The id of the download to show. */
  @property({ attribute: 'fetch-id' }) fetchId?: string;

  /** The download as it is now: what the client knows of `fetchId`, or what was set here by hand. */
  @property({ attribute: false })
  get record(): FetchRecord | undefined {
    return this.#byHand ?? this.#fetch.record;
  }
  set record(record: FetchRecord | undefined) {
    const previous = this.record;
    this.#byHand = record;
    this.#heard(record, previous);
    this.requestUpdate('record', previous);
  }

  /** False on a server and in the first render over its markup, which must come out the same. */
  protected live = !isServer && !this.shadowRoot;

  #byHand: FetchRecord | undefined;
  #missing: number | undefined;
  #sentence = '';
  readonly #fetch: FetchController;
  readonly #localizer = new Localizer(this);
  readonly #states = new CustomStates(this);
  readonly #announcer = new Announcer(this);

  constructor() {
    super();
    this.#fetch = new FetchController(
      this,
      () => this.boundId,
      (record, previous) => {
        if (!this.#byHand) this.#heard(record, previous);
      },
    );
    new TickController(this, () => this.record !== undefined && isTicking(this.record, Date.now()));
  }

  /** The client this element asks: from the provider above it, else the page's own. */
  protected get client(): PageClient | undefined {
    return this.#fetch.client;
  }

  /** The id to listen to. */
  protected get boundId(): string | undefined {
    return this.fetchId;
  }

  protected get language(): Language {
    return this.#localizer.language;
  }

  protected get circumstances(): Circumstances {
    return { now: Date.now(), ahead: this.#ahead(), missing: this.#missing };
  }

  /** What a live region of this element says. */
  protected get sentence(): string {
    return this.#sentence;
  }

  /** Hears of each change of the record. */
  protected recordChanged?(record: FetchRecord | undefined, previous: FetchRecord | undefined): void;

  protected override willUpdate(): void {
    const { record } = this;
    this.#states.show(record);
    const now = Date.now();
    this.#sentence = this.#announcer.next(record, () => this.#spoken(), now) ?? this.#sentence;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    if (this.live || isServer) return;
    this.live = true;
    this.requestUpdate();
  }

  #spoken(): string {
    const { record, language } = this;
    if (!record) return '';
    const words = spokenWordsOf(record, language, this.circumstances);
    const title = spokenTitleOf(record);
    return title ? fill(language.messages.forTitle, { action: title, title: words }) : words;
  }

  #heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (record) follow(previous, record);
    if (record?.failureReason === 'quota-exceeded') void this.#estimateMissing(record);
    else this.#missing = undefined;
    this.recordChanged?.(record, previous);
  }

  #ahead(): number | undefined {
    const { record, client } = this;
    if (record?.status !== 'queued' || !client) return undefined;
    return client.records
      .values()
      .filter((other) => isActive(other) && other.status !== 'paused' && other.startedAt < record.startedAt).length;
  }

  async #estimateMissing(record: FetchRecord): Promise<void> {
    const estimate = await this.client?.estimate();
    if (!estimate || this.record !== record || record.downloadTotal === 0) return;
    const needed = record.downloadTotal * (1 - (progressOf(record).value ?? 0));
    this.#missing = Math.max(0, needed - Math.max(0, estimate.quota - estimate.usage));
    this.requestUpdate();
  }
}
