/** Progress as a bar, a ring or a number shows it. */
import { isActive, type FetchRecord } from '../manager/record.js';
import { rateOf, reachedBy } from './course.js';
import { fractionOf } from './fraction.js';

/** Progress of a download for display. */
export interface Progress {
  /** From 0 to 1; never decreases while the download runs; undefined if the total is unknown. */
  readonly value: number | undefined;
  /** True while an indeterminate bar is animated. */
  readonly indeterminate: boolean;
}

export function progressOf(record: FetchRecord): Progress {
  const fraction = fractionOf(record);
  const value = fraction === undefined ? undefined : isActive(record) ? Math.max(fraction, reachedBy(record)) : fraction;
  const moving = record.status === 'starting' || record.status === 'downloading' || record.status === 'saving';
  return { value, indeterminate: moving && (value === undefined || record.status === 'starting') };
}

/** Returns the estimated time left in seconds; undefined while there is no useful estimate. */
export function secondsLeft(record: FetchRecord): number | undefined {
  const rate = rateOf(record);
  const left = record.downloadTotal + record.uploadTotal - record.downloaded - record.uploaded;
  return rate === undefined || record.downloadTotal === 0 || left <= 0 ? undefined : left / rate;
}
