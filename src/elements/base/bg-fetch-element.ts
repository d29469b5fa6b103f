/** Base of the elements that show one download: record, language, custom states and announcements. */
import { isServer, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageClient } from '../../controllers/client-context.js';
import { FetchController } from '../../controllers/fetch-controller.js';
import type { FetchRecord } from '../../manager/record.js';
import type { FirstLanguage } from '../../view/messages.js';
import { addStyles } from '../parts/add-styles.js';
import { renderer, LateElement, type Renderer } from './late-element.js';
import { Localizer } from './localizer.js';
import type { RecordReader } from './record-reader.js';
import { CustomStates } from './states.js';

/**
 * Base class of the elements that show one download.
 *
 * @cssstate idle - The download is not started.
 * @cssstate starting - The download is starting.
 * @cssstate queued - The download waits for its turn.
 * @cssstate waiting - The download waits for the network, Wi-Fi, a retry or a click.
 * @cssstate downloading - Bytes are arriving.
 * @cssstate stalled - Bytes have stopped arriving.
 * @cssstate paused - The download is paused.
 * @cssstate saving - All bytes have arrived and are being stored.
 * @cssstate done - The download is stored.
 * @cssstate failed - The download failed.
 * @cssstate aborted - The download was aborted.
 * @cssstate evicted - The browser deleted the download.
 * @cssstate removed - The download was removed or cancelled; it can be restored.
 * @cssstate indeterminate - The total size is unknown.
 */
export abstract class BgFetchElement extends LateElement {
  /** Id of the download. */
  @property({ attribute: 'fetch-id' }) fetchId?: string;

  /** Current record of the download: that of `fetchId` in the client, or the value that was set here. */
  @property({ attribute: false })
  get record(): FetchRecord | undefined {
    return this.#ownRecord ?? this.#fetch.record;
  }
  set record(record: FetchRecord | undefined) {
    const previous = this.record;
    this.#ownRecord = record;
    this.#handleChange(record, previous);
    this.requestUpdate('record', previous);
  }

  /** False on a server and in the first render over its markup, which must match it. */
  protected live = !isServer && !this.shadowRoot;

  #reader: RecordReader | undefined;
  #ownRecord: FetchRecord | undefined;
  #pendingChanges: (readonly [FetchRecord | undefined, FetchRecord | undefined])[] = [];
  readonly #fetch: FetchController;
  readonly #localizer = new Localizer(this);
  readonly #states = new CustomStates(this);

  constructor() {
    super();
    this.#fetch = new FetchController(
      this,
      () => this.boundId,
      (record, previous) => {
        if (!this.#ownRecord) this.#handleChange(record, previous);
      },
    );
  }

  /** Client of this element: that of the nearest provider, else the default client of the page. */
  protected get client(): PageClient | undefined {
    return this.#fetch.client;
  }

  /** Id to subscribe to. */
  protected get boundId(): string | undefined {
    return this.fetchId;
  }

  /** Reader of the record; defined once there is a record and the renderer is loaded. */
  protected get reader(): RecordReader | undefined {
    return this.live ? this.#reader : undefined;
  }

  protected get language(): FirstLanguage {
    return this.#localizer.language;
  }

  /** Called after each change of the record. */
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
    // Changes since then are dispatched in order.
    for (const [record, previous] of this.#pendingChanges.splice(0)) this.#handleChange(record, previous);
  }

  #handleChange(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    const { module } = renderer;
    if (record && module) this.#createReader(module);
    if (this.#reader) {
      this.#reader.read(record, previous);
      this.recordChanged?.(record, previous);
    } else if (record ?? previous) {
      this.#pendingChanges.push([record, previous]);
      this.load();
    }
  }

  #createReader(module: Renderer): void {
    if (this.#reader) return;
    addStyles(this, this.lateStyles?.(module));
    this.#reader = new module.RecordReader(this, {
      record: () => this.record,
      client: () => this.client,
      language: () => this.language,
    });
  }
}
