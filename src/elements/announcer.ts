/** What is said aloud, and how seldom: one voice a download, ten sentences a minute for the whole page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';

/** Percent is said no more often than this, in milliseconds. */
const PERCENT_EVERY = 10_000;
const MINUTE = 60_000;
const PER_MINUTE = 10;
/** Progress leaves room for changes of state. */
const PROGRESS_PER_MINUTE = 5;

const voices = new Map<string, Announcer>();
let said: number[] = [];

function mayTalk(now: number, limit: number): boolean {
  said = said.filter((time) => now - time < MINUTE);
  return said.length < limit;
}

/** Decides for one element which change of its record is said; of many elements that show one download, one talks. */
export class Announcer implements ReactiveController {
  #id: string | undefined;
  #state = '';
  #saidAt = 0;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The sentence to say now; undefined leaves what was said. The state of the first record seen is no news. */
  next(record: FetchRecord | undefined, sentence: () => string, now: number): string | undefined {
    if (!record || !this.#claim(record.id)) return undefined;
    const state = `${record.startedAt} ${record.discardedAt === undefined ? record.status : 'removed'} ${record.waitingFor ?? ''}`;
    if (this.#state === '') {
      this.#state = state;
      this.#saidAt = now;
      return undefined;
    }
    const changed = state !== this.#state;
    const due = record.status === 'downloading' && now - this.#saidAt >= PERCENT_EVERY;
    if (!changed && !due) return undefined;
    this.#state = state;
    if (!mayTalk(now, changed ? PER_MINUTE : PROGRESS_PER_MINUTE)) return undefined;
    this.#saidAt = now;
    said.push(now);
    return sentence();
  }

  /** Gives the voice to another element. */
  hostDisconnected(): void {
    if (this.#id !== undefined && voices.get(this.#id) === this) voices.delete(this.#id);
    this.#id = undefined;
    this.#state = '';
  }

  #claim(id: string): boolean {
    if (this.#id !== id) this.hostDisconnected();
    this.#id = id;
    if (!voices.has(id)) voices.set(id, this);
    return voices.get(id) === this;
  }
}
