/** What an element needs once there is a record: its course, its clock, its voice, and what its words depend on. */
import type { ReactiveControllerHost } from 'lit';
import type { PageClient } from '../controllers/client-context.js';
import { TickController } from '../controllers/tick-controller.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import { numberFormat } from '../view/bytes.js';
import { follow } from '../view/course.js';
import { wholeOf } from '../view/english.js';
import type { FirstLanguage, Language } from '../view/messages.js';
import { progressOf } from '../view/progress.js';
import { isTicking, sentenceOf, spokenTitleOf, spokenWordsOf, wordsOf, type Circumstances, type Words } from '../view/words.js';
import { Announcer } from './announcer.js';

// The first format of a page takes tens of milliseconds: better now, while this is loaded, than with the first row.
numberFormat('en', { style: 'unit', unit: 'byte' });

/** What a reader may ask its element. */
export interface Readable {
  readonly record: () => FetchRecord | undefined;
  readonly client: () => PageClient | undefined;
  readonly language: () => FirstLanguage;
}

/** Reads the records of one element. */
export class RecordReader {
  /** What a live region of the element says. */
  sentence = '';

  /** True where another speaks for the element. */
  isSilent = false;

  readonly #host: ReactiveControllerHost;
  readonly #readable: Readable;
  readonly #announcer = new Announcer();
  #missing: number | undefined;
  /** The download that was spoken of last. */
  #id: string | undefined;

  constructor(host: ReactiveControllerHost, readable: Readable) {
    this.#host = host;
    this.#readable = readable;
    host.addController({ hostDisconnected: () => this.#announcer.release() });
    new TickController(host, () => isTicking(readable.record(), Date.now()));
  }

  /** The words of the element's language. */
  get language(): Language {
    return wholeOf(this.#readable.language());
  }

  /** What the words of a record depend on now. */
  get circumstances(): Circumstances {
    return { now: Date.now(), ahead: this.#ahead(), missing: this.#missing };
  }

  /** True while the total is unknown and something moves. */
  get isIndeterminate(): boolean {
    const record = this.#readable.record();
    return record !== undefined && progressOf(record).indeterminate;
  }

  /** What is to be read of a record. */
  wordsOf(record: FetchRecord): Words {
    return wordsOf(record, this.language, this.circumstances);
  }

  /** What is said of a record: its title as it stands before a colon, and a few words. */
  spokenOf(record: FetchRecord): { readonly title: string; readonly words: string } {
    return { title: spokenTitleOf(record), words: spokenWordsOf(record, this.language, this.circumstances) };
  }

  /** Hears of each record. */
  read(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (record) follow(previous, record);
    if (record?.failureReason === 'quota-exceeded') void this.#estimate(record);
    else this.#missing = undefined;
  }

  /** Settles what is said now; call it before each drawing. */
  speak(): void {
    if (this.isSilent) return;
    const record = this.#readable.record();
    if (record?.id !== this.#id) this.sentence = '';
    this.#id = record?.id;
    const sentence = () => (record ? sentenceOf(record, this.language, this.circumstances) : '');
    this.sentence = this.#announcer.next(record, sentence, Date.now()) ?? this.sentence;
  }

  #ahead(): number | undefined {
    const record = this.#readable.record();
    const client = this.#readable.client();
    if (record?.status !== 'queued' || !client) return undefined;
    const moves = (other: FetchRecord) => isActive(other) && other.status !== 'paused' && other.startedAt < record.startedAt;
    return client.records.values().filter(moves).length;
  }

  async #estimate(record: FetchRecord): Promise<void> {
    const space = await this.#readable.client()?.estimate();
    if (!space?.quota || this.#readable.record() !== record || record.downloadTotal === 0) return;
    const free = Math.max(0, space.quota - space.usage);
    this.#missing = Math.max(0, record.downloadTotal - record.downloaded - free);
    this.#host.requestUpdate();
  }
}
