/** What a list says aloud of its downloads: its rows come, go and move to other groups, and a voice that moves is not heard. */
import { isActive, type FetchRecord } from '../manager/record.js';
import { fill, type Language } from '../view/messages.js';
import { sentenceOf } from '../view/words.js';
import { Announcer, mayTalk } from './announcer.js';

/** The voice of one list. */
export class RowNews {
  /** What is said: all that happened since the drawing before, or the same as then. */
  lines: readonly string[] = [];

  readonly #language: () => Language;
  readonly #since: number;
  readonly #announcers = new Map<string, Announcer>();
  #next: string[] = [];

  /** What starts after `since`, in milliseconds since the epoch, is said to be new. */
  constructor(language: () => Language, since: number) {
    this.#language = language;
    this.#since = since;
  }

  /** Hears of a change, and says whether there is something to say. */
  heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    if (!record && previous) this.#forget(previous);
    const sentence = record && this.#sentenceFor(record, previous);
    if (sentence !== undefined) this.#next.push(sentence);
    return sentence !== undefined;
  }

  /** Settles what is said now; call it before each drawing. */
  speak(): void {
    if (this.#next.length > 0) this.lines = this.#next.splice(0);
  }

  /** Gives the voices to others. */
  release(): void {
    for (const announcer of this.#announcers.values()) announcer.release();
    this.#announcers.clear();
  }

  #forget({ id }: FetchRecord): void {
    this.#announcers.get(id)?.release();
    this.#announcers.delete(id);
  }

  #sentenceFor(record: FetchRecord, previous: FetchRecord | undefined): string | undefined {
    const now = Date.now();
    const said = () => sentenceOf(record, this.#language(), { now });
    if (!previous) {
      if (!isActive(record) || record.startedAt < this.#since || !mayTalk(now)) return undefined;
      return fill(this.#language().messages.added, { title: record.title || record.id });
    }
    let announcer = this.#announcers.get(record.id);
    if (!announcer) {
      this.#announcers.set(record.id, (announcer = new Announcer()));
      announcer.next(previous, said, now);
    }
    return announcer.next(record, said, now);
  }
}
