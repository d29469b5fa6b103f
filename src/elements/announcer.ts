/** What is said aloud, and how seldom: one voice a download, ten sentences a minute for the whole page. */
import type { FetchRecord } from '../manager/record.js';

/** Percent is said no more often than this, in milliseconds. */
const PERCENT_EVERY = 10_000;
const MINUTE = 60_000;
const PER_MINUTE = 10;
/** Progress leaves room for changes of state. */
const PROGRESS_PER_MINUTE = 5;

const voices = new Map<string, Announcer>();
let said: number[] = [];

/** True when one more sentence may be said now; it is counted. */
export function mayTalk(now: number, limit = PER_MINUTE): boolean {
  said = said.filter((time) => now - time < MINUTE);
  if (said.length >= limit) return false;
  said.push(now);
  return true;
}

/** Decides which change of one download is said; of many that show it, one talks. */
export class Announcer {
  #last: FetchRecord | undefined;
  #saidAt = 0;

  /** The sentence to say now; undefined leaves what was said. The state of the first record seen is no news. */
  next(record: FetchRecord | undefined, sentence: () => string, now: number): string | undefined {
    if (!record || !this.#claim(record)) return undefined;
    const last = this.#last;
    this.#last = record;
    if (!last) {
      this.#saidAt = now;
      return undefined;
    }
    const changed = !isSameState(record, last);
    const due = record.status === 'downloading' && now - this.#saidAt >= PERCENT_EVERY;
    if (!changed && !due) return undefined;
    if (!mayTalk(now, changed ? PER_MINUTE : PROGRESS_PER_MINUTE)) return undefined;
    this.#saidAt = now;
    return sentence();
  }

  /** Gives the voice to another. */
  release(): void {
    if (this.#last && voices.get(this.#last.id) === this) voices.delete(this.#last.id);
    this.#last = undefined;
  }

  #claim({ id }: FetchRecord): boolean {
    if (this.#last?.id !== id) this.release();
    const voice = voices.get(id);
    if (!voice) voices.set(id, this);
    return !voice || voice === this;
  }
}

function isSameState(a: FetchRecord, b: FetchRecord): boolean {
  const isRemoved = a.discardedAt !== undefined;
  return (
    a.startedAt === b.startedAt &&
    isRemoved === (b.discardedAt !== undefined) &&
    (isRemoved || a.status === b.status) &&
    a.waitingFor === b.waitingFor
  );
}
