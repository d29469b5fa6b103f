/**
 * Derives speed and highest progress from successive records. The values are kept per record object, in memory only, so that all
 * elements that show a record agree, whenever they were added.
 */
import type { FetchRecord } from '../manager/record.js';
import { fractionOf } from './fraction.js';

/** Time before the first speed is given, in milliseconds. */
const WATCH_TIME = 2000;
/** Records closer in time than this are one sample, in milliseconds. */
const SAMPLE_TIME = 250;
/** After a longer gap (a hidden tab, a sleeping laptop) the average starts anew, in milliseconds. */
const GAP = 5000;
/** Time constant of the moving average, in milliseconds. */
const MEMORY = 4000;

interface Course {
  /** Highest fraction so far, from 0 to 1. */
  readonly reached: number;
  /** Bytes per millisecond, smoothed. */
  readonly rate: number;
  readonly since: number;
  readonly sampledAt: number;
  readonly sampledBytes: number;
}

const courses = new WeakMap<FetchRecord, Course>();

/** Links a record to its predecessor. A second call for the same record has no effect. */
export function follow(previous: FetchRecord | undefined, record: FetchRecord): void {
  if (courses.has(record)) return;
  const same = previous?.id === record.id && previous.startedAt === record.startedAt;
  const before = same ? courses.get(previous) : undefined;
  // Bytes that were stored before the download resumed are not part of the speed.
  const moving = previous?.status === 'downloading' ? before : undefined;
  courses.set(record, { reached: Math.max(before?.reached ?? 0, fractionOf(record) ?? 0), ...speedAfter(moving, record) });
}

function speedAfter(before: Course | undefined, record: FetchRecord): Omit<Course, 'reached'> {
  const bytes = record.downloaded + record.uploaded;
  const at = record.changedAt;
  const anew = { rate: 0, since: at, sampledAt: at, sampledBytes: bytes };
  if (!before || record.status !== 'downloading' || bytes < before.sampledBytes) return anew;
  const { rate, since, sampledAt, sampledBytes } = before;
  const elapsed = at - sampledAt;
  if (elapsed > GAP) return anew;
  if (elapsed < SAMPLE_TIME) return { rate, since, sampledAt, sampledBytes };
  const now = (bytes - sampledBytes) / elapsed;
  const weight = rate === 0 ? 1 : 1 - Math.exp(-elapsed / MEMORY);
  return { rate: rate + (now - rate) * weight, since, sampledAt: at, sampledBytes: bytes };
}

/** Returns the smoothed speed in bytes per second; undefined while it is unknown. */
export function rateOf(record: FetchRecord): number | undefined {
  const course = courses.get(record);
  if (record.status !== 'downloading' || !course || course.rate <= 0 || course.sampledAt - course.since < WATCH_TIME)
    return undefined;
  return course.rate * 1000;
}

/** Returns the highest fraction that this download has reached, from 0 to 1. */
export function reachedBy(record: FetchRecord): number {
  return courses.get(record)?.reached ?? 0;
}
