/** The manager's database: stores and keys. */
import { openDatabase } from '../bytes/indexed-db.js';
import type { FetchRecord } from './record.js';
import { isRecord } from './schema.js';
import type { CachedBody, StoredResponse } from './stored-response.js';

export type { CachedBody, StoredResponse };

/** Runs a transaction on `records` and `responses`. */
export const database = openDatabase<{ records: FetchRecord; responses: StoredResponse }>('bg-fetch-elements', 1, (db) => {
  db.createObjectStore('records', { keyPath: 'id' });
  db.createObjectStore('responses', { keyPath: ['id', 'index'] }).createIndex('url', 'url');
});

/** Rejects if nothing can be written: without storage, and for a database of a newer version. */
export async function checkWritable(): Promise<void> {
  await database(['records'], 'readwrite', (records) => records.getKey(''));
}

/** Resolves with one record; with undefined for a damaged row. */
export async function readRecord(id: string): Promise<FetchRecord | undefined> {
  const row = await database(['records'], 'readonly', (records) => records.get(id));
  return row && isSound(row) ? row : undefined;
}

/** Resolves with all records, without damaged rows. */
export async function readRecords(): Promise<FetchRecord[]> {
  return (await database(['records'], 'readonly', (records) => records.getAll())).filter(isSound);
}

/** Resolves with the keys of all records, damaged rows included. */
export function readRecordKeys(): Promise<IDBValidKey[]> {
  return database(['records'], 'readonly', (records) => records.getAllKeys());
}

const damaged = new Set<string>();

/** Returns true if a row is a record; warns once of a damaged one. */
function isSound(row: FetchRecord): boolean {
  if (isRecord(row)) return true;
  const id = String((row as Partial<FetchRecord>).id);
  if (!damaged.has(id)) {
    damaged.add(id);
    console.warn(`bg-fetch-elements: the record "${id}" is damaged and ignored. Call discard("${id}") to delete it.`);
  }
  return false;
}
