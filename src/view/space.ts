/** Storage space used by each download. */
import { isActive, type FetchRecord } from '../manager/record.js';

/** Storage of this origin in bytes; a quota of 0 is unknown. */
export interface Space {
  readonly usage: number;
  readonly quota: number;
  readonly persisted: boolean;
}

/** One line of the storage view. */
export interface Share {
  readonly record: FetchRecord;
  readonly size: number;
  /** Percentage of the quota. */
  readonly percent: number;
  /** False while the download is active. */
  readonly isSettled: boolean;
}

/** Maximum number of lines. */
const MAX_LINES = 50;

/** Computes the space of each download, largest first, and of the other data of the site. */
export function sharesOf(
  records: readonly FetchRecord[],
  space: Space,
): { shares: readonly Share[]; rest: number; restPercent: number } {
  const whole = space.quota || space.usage || 1;
  const shares = records
    .filter(({ status, downloaded }) => downloaded > 0 && status !== 'evicted' && status !== 'aborted')
    .map((record) => {
      const size = record.downloaded;
      return { record, size, percent: (size / whole) * 100, isSettled: !isActive(record) };
    })
    .sort((a, b) => b.size - a.size)
    .slice(0, MAX_LINES);
  const rest = Math.max(0, space.usage - shares.reduce((sum, { size }) => sum + size, 0));
  return { shares, rest, restPercent: (rest / whole) * 100 };
}
