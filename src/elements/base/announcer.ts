/** Rate-limited live-region announcements: one announcer per download, ten sentences a minute per page. */
import type { FetchRecord } from '../../manager/record.js';

/** Shortest time between two percentages, in milliseconds. */
const PROGRESS_INTERVAL = 10_000;
const MINUTE = 60_000;
const MAX_PER_MINUTE = 10;
/** Progress announcements leave room for those of status changes. */
const MAX_PROGRESS_PER_MINUTE = 5;

const announcers = new Map<string, Announcer>();
let announcementTimes: number[] = [];

/** Counts a sentence; returns false if the limit is reached. */
export function mayAnnounce(now: number, limit = MAX_PER_MINUTE): boolean {
  announcementTimes = announcementTimes.filter((time) => now - time < MINUTE);
  if (announcementTimes.length >= limit) return false;
  announcementTimes.push(now);
  return true;
}

/** Selects the changes of one download that are announced; of several elements that show it, one announces. */
export class Announcer {
  #last: FetchRecord | undefined;
  #announcedAt = 0;

  /** Returns the sentence to announce; undefined to keep the last one. The first record is not announced. */
  next(record: FetchRecord | undefined, sentence: () => string, now: number): string | undefined {
    if (!record || !this.#becomeAnnouncer(record)) return undefined;
    const last = this.#last;
    this.#last = record;
    if (!last) {
      this.#announcedAt = now;
      return undefined;
    }
    const changed = !isSameState(record, last);
    const due = record.status === 'downloading' && now - this.#announcedAt >= PROGRESS_INTERVAL;
    if (!changed && !due) return undefined;
    if (!mayAnnounce(now, changed ? MAX_PER_MINUTE : MAX_PROGRESS_PER_MINUTE)) return undefined;
    this.#announcedAt = now;
    return sentence();
  }

  /** Lets another element announce. */
  release(): void {
    if (this.#last && announcers.get(this.#last.id) === this) announcers.delete(this.#last.id);
    this.#last = undefined;
  }

  #becomeAnnouncer({ id }: FetchRecord): boolean {
    if (this.#last?.id !== id) this.release();
    const current = announcers.get(id);
    if (!current) announcers.set(id, this);
    return !current || current === this;
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
