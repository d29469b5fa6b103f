/** Summary of all downloads, as a toolbar badge shows it. */
import { isActive, type FetchRecord, type FetchStatus } from '../manager/record.js';
import { progressOf, type Progress } from './progress.js';

/** Status, progress and number of many downloads. */
export interface Total extends Progress {
  readonly status: FetchStatus;
  /** Number of active downloads. */
  readonly count: number;
}

/** Summarizes records; active downloads are weighted by expected size. Downloads that ended before `since` are ignored. */
export function totalOf(records: readonly FetchRecord[], since: number): Total {
  const shown = records.filter(({ discardedAt }) => discardedAt === undefined);
  const active = shown.filter(isActive);
  const status =
    ACTIVE_ORDER.find((each) => active.some((record) => record.status === each)) ??
    settledStatus(shown.filter(({ changedAt }) => changedAt >= since));
  let bytes = 0;
  let total = 0;
  for (const record of active) {
    const weight = record.downloadTotal + record.uploadTotal;
    bytes += (progressOf(record).value ?? 0) * weight;
    total += weight;
  }
  const value = total > 0 && status !== 'starting' ? bytes / total : undefined;
  return { status, count: active.length, value, indeterminate: active.length > 0 && value === undefined };
}

const ACTIVE_ORDER: readonly FetchStatus[] = ['downloading', 'saving', 'starting', 'stalled', 'waiting', 'queued', 'paused'];

function settledStatus(records: readonly FetchRecord[]): FetchStatus {
  const last = records.reduce<FetchRecord | undefined>((a, b) => (a && a.changedAt > b.changedAt ? a : b), undefined);
  return last?.status ?? 'idle';
}
