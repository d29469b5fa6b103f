/** Which stored downloads are let go to make room for newer ones. */
import type { FetchRecord } from './record.js';

/** Each limit may be left out. */
export interface Retention {
  /** Milliseconds since a download was stored. */
  maxAge?: number;
  /** How many downloads are kept. */
  maxCount?: number;
  /** Bytes of all kept downloads together. */
  maxSize?: number;
}

/** The ids to let go, the oldest first; the newest download stays, however large it is. */
export function toLetGo(
  records: readonly FetchRecord[],
  { maxAge = Infinity, maxCount = Infinity, maxSize = Infinity }: Retention,
  now: number,
): string[] {
  const kept = records.filter(({ status, discardedAt }) => status === 'done' && discardedAt === undefined);
  let size = 0;
  return kept
    .sort((a, b) => b.changedAt - a.changedAt)
    .filter(({ changedAt, downloaded }, place) => {
      size += downloaded;
      return now - changedAt > maxAge || place >= maxCount || (place > 0 && size > maxSize);
    })
    .map(({ id }) => id)
    .reverse();
}
