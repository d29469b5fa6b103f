/** The manager's database: its stores, their keys and their history. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
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
  readonly body: StoredBody | { readonly store: 'cache'; readonly key: string; readonly size: number };
}

interface ManagerSchema extends DBSchema {
  records: { key: string; value: FetchRecord };
  responses: { key: [string, number]; value: StoredResponse; indexes: { url: string } };
}

export type ManagerDatabase = IDBPDatabase<ManagerSchema>;

let opened: Promise<ManagerDatabase> | undefined;

/** Opens the database once a realm, and again after the browser closed it. */
export function database(): Promise<ManagerDatabase> {
  const forget = () => {
    opened = undefined;
  };
  opened ??= openDB<ManagerSchema>('bg-fetch-elements', 1, {
    upgrade(db) {
      db.createObjectStore('records', { keyPath: 'id' });
      db.createObjectStore('responses', { keyPath: ['id', 'index'] }).createIndex('url', 'url');
    },
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  }).catch((error: unknown) => {
    forget();
    throw error;
  });
  return opened;
}
