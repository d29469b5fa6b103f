/** In which part of a list a download stands. */
import type { FetchRecord, FetchStatus } from '../manager/record.js';

/** The parts of a list, in their order. */
export const GROUPS = ['active', 'waiting', 'done', 'failed'] as const;

/** One part of a list. */
export type Group = (typeof GROUPS)[number];

/** Which downloads a list shows. */
export type Filter = 'all' | 'active' | 'done' | 'failed';

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
  aborted: 'failed',
  evicted: 'failed',
};

/** The part of the list a record belongs to. */
export function groupOf({ status }: FetchRecord): Group {
  return GROUP_OF[status];
}

/** The records of each part that the filter lets through; what was finished last stands first. */
export function grouped(records: readonly FetchRecord[], filter: Filter): ReadonlyMap<Group, readonly FetchRecord[]> {
  const groups = new Map<Group, FetchRecord[]>(GROUPS.map((group) => [group, []]));
  for (const record of records) {
    const group = groupOf(record);
    if (filter === 'all' || filter === group || (filter === 'active' && group === 'waiting')) groups.get(group)?.push(record);
  }
  groups.get('done')?.reverse();
  groups.get('failed')?.reverse();
  return groups;
}
