/** Selects ended downloads for deletion by the site's rule. */
import { isActive, type FetchRecord } from './record.js';

/** Limits of stored downloads, all optional. */
export interface Retention {
  /** Maximum age in milliseconds since a download ended. It is deleted a day after it was first seen to be older, because the clock may be wrong. */
  maxAge?: number;
  /** Maximum number of stored downloads of this app; other apps of the origin have their own limits. */
  maxCount?: number;
  /** Maximum total size of stored downloads, in bytes. */
  maxSize?: number;
}

/** Time after which a download that is too old is deleted, in milliseconds. */
const GRACE_PERIOD = 24 * 60 * 60 * 1000;

/** Selects the ids to delete, oldest first. The newest stored download is kept, whatever its size, until it is too old. */
export function findExpired(
  records: readonly FetchRecord[],
  { maxAge = Infinity, maxCount = Infinity, maxSize = Infinity }: Retention,
  now: number,
): string[] {
  const ended = records.filter((record) => !isActive(record) && record.discardedAt === undefined);
  let place = -1;
  let size = 0;
  return ended
    .sort((a, b) => b.changedAt - a.changedAt)
    .filter(({ status, changedAt, agedAt = now, downloaded }) => {
      if (now - changedAt > maxAge && now - agedAt >= GRACE_PERIOD) return true;
      if (status !== 'done') return false;
      place += 1;
      size += downloaded;
      return place >= maxCount || (place > 0 && size > maxSize);
    })
    .map(({ id }) => id)
    .reverse();
}
