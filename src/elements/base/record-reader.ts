/** Derives the display values of an element's record: speed, clock, announcements and words. */
import type { LitElement } from 'lit';
import type { PageClient } from '../../controllers/client-context.js';
import { TickController } from '../../controllers/tick-controller.js';
import { isActive, type FetchRecord } from '../../manager/record.js';
import { numberFormat } from '../../view/bytes.js';
import { follow } from '../../view/course.js';
import { wholeOf } from '../../view/english.js';
import type { FirstLanguage, Language } from '../../view/messages.js';
import { progressOf } from '../../view/progress.js';
import {
  isTicking,
  sentenceOf,
  spokenTitleOf,
  spokenWordsOf,
  wordsOf,
  type Circumstances,
  type Words,
} from '../../view/words.js';
import { Announcer } from './announcer.js';
import { UndoHold } from './undo-hold.js';

// The first use of Intl takes tens of milliseconds: done while this module loads, not with the first row.
numberFormat('en', { style: 'unit', unit: 'byte' });

/** The part of the element that a reader uses. */
export interface Readable {
  readonly record: () => FetchRecord | undefined;
  readonly client: () => PageClient | undefined;
  readonly language: () => FirstLanguage;
}

/** Derives display values from the records of one element. */
export class RecordReader {
  /** Text of the element's live region. */
  sentence = '';

  /** True if another element announces for this one. */
  isSilent = false;

  readonly #host: LitElement;
  readonly #readable: Readable;
  readonly #announcer = new Announcer();
  readonly #hold: UndoHold;
  #missing: number | undefined;
  /** Id of the download that was announced last. */
  #id: string | undefined;

  constructor(host: LitElement, readable: Readable) {
    this.#host = host;
    this.#readable = readable;
    host.addController({ hostDisconnected: () => this.#announcer.release() });
    this.#hold = new UndoHold(host, { records: () => [readable.record()], client: readable.client });
    new TickController(host, () => isTicking(readable.record(), Date.now()));
  }

  /** Language of the element. */
  get language(): Language {
    return wholeOf(this.#readable.language());
  }

  /** Current values that the words depend on. */
  get circumstances(): Circumstances {
    const record = this.#readable.record();
    const isHeld = record && this.#hold.holds(record);
    return { now: Date.now(), ahead: this.#countAhead(), isHeld, missing: this.#missing };
  }

  /** True while a download with unknown total is active. */
  get isIndeterminate(): boolean {
    const record = this.#readable.record();
    return record !== undefined && progressOf(record).indeterminate;
  }

  /** Returns the words of a record. */
  wordsOf(record: FetchRecord): Words {
    return wordsOf(record, this.language, this.circumstances);
  }

  /** Returns the announcement of a record: its title and a few words. */
  spokenOf(record: FetchRecord): { readonly title: string; readonly words: string } {
    return { title: spokenTitleOf(record), words: spokenWordsOf(record, this.language, this.circumstances) };
  }

  /** Called with each new record. */
  read(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (record) follow(previous, record);
    if (record?.failureReason === 'quota-exceeded') void this.#estimate(record);
    else this.#missing = undefined;
  }

  /** Updates the announcement; call it before each render. */
  speak(): void {
    if (this.isSilent) return;
    const record = this.#readable.record();
    if (record?.id !== this.#id) this.sentence = '';
    this.#id = record?.id;
    const sentence = () => (record ? sentenceOf(record, this.language, this.circumstances) : '');
    this.sentence = this.#announcer.next(record, sentence, Date.now()) ?? this.sentence;
  }

  #countAhead(): number | undefined {
    const record = this.#readable.record();
    const client = this.#readable.client();
    if (record?.status !== 'queued' || !client) return undefined;
    const isAhead = (other: FetchRecord) => isActive(other) && other.status !== 'paused' && other.startedAt < record.startedAt;
    return client.records.values().filter(isAhead).length;
  }

  async #estimate(record: FetchRecord): Promise<void> {
    const space = await this.#readable.client()?.estimate();
    if (!space?.quota || this.#readable.record() !== record || record.downloadTotal === 0) return;
    const free = Math.max(0, space.quota - space.usage);
    this.#missing = Math.max(0, record.downloadTotal - record.downloaded - free);
    this.#host.requestUpdate();
  }
}
