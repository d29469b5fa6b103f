/** Writes records: one change of a download at a time, each stored, then announced. */
import { requested } from '../bytes/indexed-db.js';
import { announce } from './changes.js';
import { database } from './database.js';
import type { FetchRecord } from './record.js';
import { isRecord } from './schema.js';
import { withoutSecrets } from './secrets.js';

/** Runs a task under the download's exclusive Web Lock, across all pages and workers of the origin. */
export function withLock<T>(id: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks.request(lockOf(id), task);
}

/** Runs a task under the download's lock, unless the lock is held. */
export async function withLockIfFree(id: string, task: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => lock && task());
}

/** Blocks orphan collection while a response is being stored. */
export function whileStoring<T>(task: () => Promise<T>): Promise<T> {
  return navigator.locks.request(STORING, { mode: 'shared' }, task);
}

/** Runs a task unless a response is being stored, anywhere on the origin. */
export async function unlessStoring(task: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(STORING, { ifAvailable: true }, (lock) => lock && task());
}

/** Stores a record, announces it without its secrets and resolves with it. The caller holds the download's lock. */
export async function write(record: FetchRecord): Promise<FetchRecord> {
  await database(['records'], 'readwrite', (records) => records.put(record));
  announce({ record: withoutSecrets(record) });
  return record;
}

/**
 * Stores the record of a new attempt. Stored files that it lists as done become its own; all others belong to an earlier attempt and do not
 * count. The caller holds the download's lock.
 */
export async function writeAttempt(record: FetchRecord): Promise<FetchRecord> {
  const { id, files, startedAt } = record;
  await database(['records', 'responses'], 'readwrite', async (records, responses) => {
    records.put(record);
    for (const stored of await requested(responses.getAll(IDBKeyRange.bound([id], [id, []])))) {
      const isKept = files[stored.index]?.state === 'done';
      responses.put({ ...stored, startedAt: isKept ? startedAt : (stored.startedAt ?? 0) });
    }
  });
  announce({ record: withoutSecrets(record) });
  return record;
}

/** Changes a record; resolves with false if there is none. If `next` returns the same record nothing is written. */
export function change(id: string, next: (record: FetchRecord) => FetchRecord): Promise<boolean> {
  return withLock(id, async () => {
    const [before, after] = await database(['records'], 'readwrite', async (records) => {
      const row = await requested(records.get(id));
      const record = isRecord(row) ? row : undefined;
      const changed = record && next(record);
      if (changed && changed !== record) records.put(changed);
      return [record, changed];
    });
    if (after && after !== before) announce({ record: withoutSecrets(after) });
    return before !== undefined;
  });
}

/** Deletes a record and announces it. */
export async function deleteRecord(id: string): Promise<void> {
  await database(['records'], 'readwrite', (records) => records.delete(id));
  announce({ gone: id });
}

const STORING = 'bg-fetch-elements storing';

function lockOf(id: string): string {
  return `bg-fetch-elements:${id}`;
}
