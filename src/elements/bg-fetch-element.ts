/** What every element that shows one download has: a record from a client or by hand, a language, states and a voice. */
import { isServer, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageClient } from '../controllers/client-context.js';
import { FetchController } from '../controllers/fetch-controller.js';
import type { OnDemand } from '../client/on-demand.js';
import type { FetchRecord } from '../manager/record.js';
import type { FirstLanguage } from '../view/messages.js';
import { dress } from './dress.js';
import { LateElement, type Drawing } from './late-element.js';
import { Localizer } from './localizer.js';
import type { RecordReader } from './record-reader.js';
import { CustomStates } from './states.js';

/** What draws a record. */
interface RecordDrawing extends Drawing {
  readonly RecordReader: typeof RecordReader;
}

/** Base class of the elements that show one download. */
export abstract class BgFetchElement extends LateElement {
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

  protected abstract override readonly drawing: OnDemand<RecordDrawing>;

  /** False on a server and in the first render over its markup, which must come out the same. */
  protected live = !isServer && !this.shadowRoot;

  #reader: RecordReader | undefined;
  #byHand: FetchRecord | undefined;
  #unheard: (readonly [FetchRecord | undefined, FetchRecord | undefined])[] = [];
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

  /** Reads the records: there as soon as there is one and what draws it is loaded. */
  protected get reader(): RecordReader | undefined {
    return this.live ? this.#reader : undefined;
  }

  protected get language(): FirstLanguage {
    return this.#localizer.language;
  }

  /** Hears of each change of the record. */
  protected recordChanged?(record: FetchRecord | undefined, previous: FetchRecord | undefined): void;

  protected override willUpdate(): void {
    this.#fetch.bind();
    this.#states.show(this.record, this.reader?.isIndeterminate);
    this.reader?.speak();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    if (this.live) return;
    this.live = true;
    this.requestUpdate();
  }

  protected override loaded(): void {
    // What happened meanwhile is heard in its order.
    for (const [record, previous] of this.#unheard.splice(0)) this.#heard(record, previous);
  }

  #heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    const { module } = this.drawing;
    if (record && module) this.#begin(module);
    if (this.#reader) {
      this.#reader.read(record, previous);
      this.recordChanged?.(record, previous);
    } else if (record ?? previous) {
      this.#unheard.push([record, previous]);
      this.load();
    }
  }

  #begin({ RecordReader, styles }: RecordDrawing): void {
    if (this.#reader) return;
    dress(this, styles);
    this.#reader = new RecordReader(this, {
      record: () => this.record,
      client: () => this.client,
      language: () => this.language,
    });
  }
}
