/** The manager's database: its stores, their keys and their history. */
import { openDatabase } from '../bytes/indexed-db.js';
import type { StoredBody } from '../bytes/stored-body.js';
import type { FetchRecord } from './record.js';

/** One stored response. `index` is its request's place in the record. */
export interface StoredResponse {
  readonly id: string;
  readonly index: number;
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** The hashes its body still has to be held against (Subresource Integrity); it is not served before. */
  readonly unverified?: string | undefined;
  /** In the Cache under its own key, or where the in-page engine left it. */
  readonly body: StoredBody | CachedBody;
}

/** A body in the Cache. */
export interface CachedBody {
  readonly store: 'cache';
  readonly key: string;
  readonly size: number;
}

/** Runs a transaction on `records` and `responses`. */
export const database = openDatabase<{ records: FetchRecord; responses: StoredResponse }>('bg-fetch-elements', 1, (db) => {
  db.createObjectStore('records', { keyPath: 'id' });
  db.createObjectStore('responses', { keyPath: ['id', 'index'] }).createIndex('url', 'url');
});

export function readRecord(id: string): Promise<FetchRecord | undefined> {
  return database(['records'], 'readonly', (records) => records.get(id));
}

export function readRecords(): Promise<FetchRecord[]> {
  return database(['records'], 'readonly', (records) => records.getAll());
}
