/**
 * The course of a download: what only successive records tell. It hangs on the records themselves, in the page and never stored,
 * so that every element that shows one record tells the same, however late it came.
 */
import type { FetchRecord } from '../manager/record.js';
import { fractionOf } from './fraction.js';

/** Nothing is said of the speed before it has been watched so long. */
const WATCH_TIME = 2000;
/** Records closer than this are one sample. */
const SAMPLE_TIME = 250;
/** After a longer silence (a hidden tab, a sleeping laptop) the past says nothing of the present. */
const GAP = 5000;
/** How much of the past counts: after so many milliseconds, a third is left. */
const MEMORY = 4000;

interface Course {
  /** Highest fraction reached. */
  readonly reached: number;
  /** Bytes per millisecond, smoothed. */
  readonly rate: number;
  readonly since: number;
  readonly sampledAt: number;
  readonly sampledBytes: number;
}

const courses = new WeakMap<FetchRecord, Course>();

/** Joins a record to the one before it. Whoever sees both says so; the second call changes nothing. */
export function follow(previous: FetchRecord | undefined, record: FetchRecord): void {
  if (courses.has(record)) return;
  const same = previous?.id === record.id && previous.startedAt === record.startedAt;
  const before = same ? courses.get(previous) : undefined;
  // Bytes that were there when it went on tell no speed.
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

/** The smoothed speed in bytes per second, undefined while it is not known. */
export function rateOf(record: FetchRecord): number | undefined {
  const course = courses.get(record);
  if (record.status !== 'downloading' || !course || course.rate <= 0 || course.sampledAt - course.since < WATCH_TIME)
    return undefined;
  return course.rate * 1000;
}

/** The highest fraction this download has reached, from 0 to 1. */
export function reachedBy(record: FetchRecord): number {
  return courses.get(record)?.reached ?? 0;
}
