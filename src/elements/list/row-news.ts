/** Announcements of a list, in one live region: rows are added, removed and moved, and a moved live region is not announced. */
import { isActive, type FetchRecord } from '../../manager/record.js';
import { fill, type Language } from '../../view/messages.js';
import { sentenceOf } from '../../view/words.js';
import { Announcer, mayAnnounce } from '../base/announcer.js';

/** Announces for the rows of one list. */
export class RowNews {
  /** Text of the live region: all announcements since the previous render, or the same as then. */
  lines: readonly string[] = [];

  readonly #language: () => Language;
  readonly #since: number;
  readonly #announcers = new Map<string, Announcer>();
  #next: string[] = [];

  /** Downloads started after `since`, in milliseconds since the epoch, are announced as new. */
  constructor(language: () => Language, since: number) {
    this.#language = language;
    this.#since = since;
  }

  /** Handles a change; returns true if there is something to announce. */
  handleChange(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    if (!record && previous) this.#delete(previous);
    const sentence = record && this.#sentenceFor(record, previous);
    if (sentence !== undefined) this.#next.push(sentence);
    return sentence !== undefined;
  }

  /** Updates the announcement; call it before each render. */
  speak(): void {
    if (this.#next.length > 0) this.lines = this.#next.splice(0);
  }

  /** Lets other elements announce. */
  release(): void {
    for (const announcer of this.#announcers.values()) announcer.release();
    this.#announcers.clear();
  }

  #delete({ id }: FetchRecord): void {
    this.#announcers.get(id)?.release();
    this.#announcers.delete(id);
  }

  #sentenceFor(record: FetchRecord, previous: FetchRecord | undefined): string | undefined {
    const now = Date.now();
    const sentence = () => sentenceOf(record, this.#language(), { now });
    if (!previous) {
      if (!isActive(record) || record.startedAt < this.#since || !mayAnnounce(now)) return undefined;
      return fill(this.#language().messages.added, { title: record.title || record.id });
    }
    let announcer = this.#announcers.get(record.id);
    if (!announcer) {
      this.#announcers.set(record.id, (announcer = new Announcer()));
      announcer.next(previous, sentence, now);
    }
    return announcer.next(record, sentence, now);
  }
}
