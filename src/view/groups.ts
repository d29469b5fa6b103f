/** Groups of the download list. */
import type { FetchRecord, FetchStatus } from '../manager/record.js';

/** The groups in display order. */
export const GROUPS = ['active', 'waiting', 'done', 'failed', 'aborted'] as const;

/** One group of a list. */
export type Group = (typeof GROUPS)[number];

/** The downloads that a list shows. */
export type Filter = 'all' | 'active' | 'done' | 'failed' | 'aborted';

const GROUP_OF: Readonly<Record<FetchStatus, Group>> = {
  idle: 'waiting',
  starting: 'active',
  queued: 'waiting',
  waiting: 'waiting',
  downloading: 'active',
  stalled: 'active',
  paused: 'waiting',
  saving: 'active',
  done: 'done',
  failed: 'failed',
  aborted: 'aborted',
  evicted: 'failed',
};

export function groupOf({ status }: FetchRecord): Group {
  return GROUP_OF[status];
}

/** Groups the records that pass the filter; finished downloads are sorted newest first. */
export function grouped(records: readonly FetchRecord[], filter: Filter): ReadonlyMap<Group, readonly FetchRecord[]> {
  const groups = new Map<Group, FetchRecord[]>(GROUPS.map((group) => [group, []]));
  for (const record of records) {
    const group = groupOf(record);
    if (filter === 'all' || filter === group || (filter === 'active' && group === 'waiting')) groups.get(group)?.push(record);
  }
  for (const group of ['done', 'failed', 'aborted'] as const) groups.get(group)?.reverse();
  return groups;
}
