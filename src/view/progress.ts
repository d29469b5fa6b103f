/** How far a download is, as a bar, a ring or a number shows it. */
import { isActive, type FetchRecord } from '../manager/record.js';
import { rateOf, reachedBy } from './course.js';
import { fractionOf } from './fraction.js';

/** What is drawn of a download's progress. */
export interface Progress {
  /** From 0 to 1, never backwards while the download runs; undefined when the total is unknown. */
  readonly value: number | undefined;
  /** True while the bar should move by itself. */
  readonly indeterminate: boolean;
}

/** The progress to draw of a record. */
export function progressOf(record: FetchRecord): Progress {
  const fraction = fractionOf(record);
  const value = fraction === undefined ? undefined : isActive(record) ? Math.max(fraction, reachedBy(record)) : fraction;
  const moving = record.status === 'starting' || record.status === 'downloading' || record.status === 'saving';
  return { value, indeterminate: moving && (value === undefined || record.status === 'starting') };
}

/** Seconds until the end at the present speed, undefined while nothing sensible can be said. */
export function secondsLeft(record: FetchRecord): number | undefined {
  const rate = rateOf(record);
  const left = record.downloadTotal + record.uploadTotal - record.downloaded - record.uploaded;
  return rate === undefined || record.downloadTotal === 0 || left <= 0 ? undefined : left / rate;
}
