/** The one writer of records: one change of a download at a time, each written, then announced. */
import { requested } from '../bytes/indexed-db.js';
import { announce } from './changes.js';
import { database } from './database.js';
import type { FetchRecord } from './record.js';

/** Runs one task of a download at a time, over all pages and workers of the origin. */
export function alone<T>(id: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks.request(lockOf(id), task);
}

/** The same, unless another has its turn: then it is left to that one. */
export async function aloneIfFree(id: string, task: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => lock && task());
}

/** Holds the sweeper off while bytes lie there that no response speaks of yet. */
export function whileStoring<T>(task: () => Promise<T>): Promise<T> {
  return navigator.locks.request(STORING, { mode: 'shared' }, task);
}

/** Runs the task unless something is being stored, anywhere on the origin. */
export async function unlessStoring(task: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(STORING, { ifAvailable: true }, (lock) => lock && task());
}

/** Writes a record, announces it and gives it back. The caller has the download to itself. */
export async function write(record: FetchRecord): Promise<FetchRecord> {
  await database(['records'], 'readwrite', (records) => records.put(record));
  announce({ record });
  return record;
}

/** Changes one record, if there is one, and says whether there is. The same record back is no change. */
export function change(id: string, next: (record: FetchRecord) => FetchRecord): Promise<boolean> {
  return alone(id, async () => {
    const [before, after] = await database(['records'], 'readwrite', async (records) => {
      const record = await requested(records.get(id));
      const changed = record && next(record);
      if (changed && changed !== record) records.put(changed);
      return [record, changed];
    });
    if (after && after !== before) announce({ record: after });
    return before !== undefined;
  });
}

/** Strikes a record out and announces that it is gone. */
export async function strike(id: string): Promise<void> {
  await database(['records'], 'readwrite', (records) => records.delete(id));
  announce({ gone: id });
}

const STORING = 'bg-fetch-elements storing';

function lockOf(id: string): string {
  return `bg-fetch-elements:${id}`;
}
