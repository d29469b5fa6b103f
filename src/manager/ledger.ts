/** The one writer of records: one change of a download at a time, each written, then announced. */
import { announce } from './changes.js';
import type { FetchRecord } from './record.js';
import { deleteRecord, readRecord, writeRecord } from './record-store.js';

/** Runs one task of a download at a time, over all pages and workers of the origin. */
export function alone<T>(id: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(lockOf(id), task) : task();
}

/** The same, unless another has its turn: then it is left to that one. */
export async function aloneIfFree(id: string, task: () => Promise<unknown>): Promise<void> {
  if (!navigator.locks) await task();
  else await navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => lock && task());
}

/** Writes a record, announces it and gives it back. The caller has the download to itself. */
export async function write(record: FetchRecord): Promise<FetchRecord> {
  await writeRecord(record);
  announce({ record });
  return record;
}

/** Changes one record, if there is one, and says whether there is. The same record back is no change. */
export function change(id: string, next: (record: FetchRecord) => FetchRecord): Promise<boolean> {
  return alone(id, async () => {
    const record = await readRecord(id);
    if (!record) return false;
    const changed = next(record);
    if (changed !== record) await write(changed);
    return true;
  });
}

/** Strikes a record out and announces that it is gone. */
export async function strike(id: string): Promise<void> {
  await deleteRecord(id);
  announce({ gone: id });
}

function lockOf(id: string): string {
  return `bg-fetch-elements:${id}`;
}
