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

/** Writes a record and announces it. The caller has the download to itself. */
export async function write(record: FetchRecord): Promise<void> {
  await writeRecord(record);
  announce({ record });
}

/** Changes one record; rejects with `NotFoundError` where there is none. The same record back is no change. */
export async function change(id: string, next: (record: FetchRecord) => FetchRecord): Promise<void> {
  await alone(id, async () => {
    const record = await readRecord(id);
    if (!record) throw new DOMException(`There is no background fetch "${id}". Start it first.`, 'NotFoundError');
    const changed = next(record);
    if (changed !== record) await write(changed);
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
