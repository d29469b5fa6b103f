/** What every element that shows one download has: a record from a client or by hand, a language, states and a voice. */
import { isServer, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageClient } from '../controllers/client-context.js';
import { FetchController } from '../controllers/fetch-controller.js';
import type { FetchRecord } from '../manager/record.js';
import type { Language } from '../view/messages.js';
import { Localizer } from './localizer.js';
import type { RecordReader } from './record-reader.js';
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

  /** Reads the records, where an element has use for that. */
  protected reader?: RecordReader;

  #byHand: FetchRecord | undefined;
  readonly #fetch: FetchController;
  readonly #localizer = new Localizer(this);
  readonly #states = new CustomStates(this);

  constructor() {
    super();
    this.#fetch = new FetchController(
      this,
      () => this.boundId,
      (record, previous) => {
        if (!this.#byHand) this.#heard(record, previous);
      },
    );
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

  /** Hears of each change of the record. */
  protected recordChanged?(record: FetchRecord | undefined, previous: FetchRecord | undefined): void;

  protected override willUpdate(): void {
    this.#states.show(this.record, this.reader?.isIndeterminate);
    this.reader?.speak();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    if (this.live || isServer) return;
    this.live = true;
    this.requestUpdate();
  }

  /** Makes a reader for this element. */
  protected createReader(Reader: typeof RecordReader): RecordReader {
    return new Reader(this, { record: () => this.record, client: () => this.client, language: () => this.language });
  }

  #heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    this.reader?.read(record, previous);
    this.recordChanged?.(record, previous);
  }
}
