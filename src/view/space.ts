/** Which download takes how much of the space there is. */
import { isActive, type FetchRecord } from '../manager/record.js';

/** Space on this origin, in bytes; a quota of 0 is unknown. */
export interface Space {
  readonly usage: number;
  readonly quota: number;
  readonly persisted: boolean;
}

/** One line of the storage view. */
export interface Share {
  readonly record: FetchRecord;
  readonly size: number;
  /** Percent of all the space there is. */
  readonly percent: number;
  /** False while its bytes still move. */
  readonly isSettled: boolean;
}

/** More than so many lines tell nobody anything. */
const MOST = 50;

/** What each download takes, the largest first, and what is neither of them. */
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
    .slice(0, MOST);
  const rest = Math.max(0, space.usage - shares.reduce((sum, { size }) => sum + size, 0));
  return { shares, rest, restPercent: (rest / whole) * 100 };
}
