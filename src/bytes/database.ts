/** The database of bytes at rest: what each body is, and the pieces of those that rest in IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { StoredBody } from './stored-body.js';

/** A body as the database has it. `size` counts the bytes that are vouched for: what is beyond it is not there. */
export interface BodyRow {
  readonly key: string;
  readonly store: StoredBody['store'];
  readonly size: number;
  /** Set once someone else than its engine looks after it. */
  readonly kept?: true;
}

export interface BytesSchema extends DBSchema {
  bodies: { key: string; value: BodyRow };
  /** By body and offset, so that a range is found without reading what lies before it. */
  pieces: { key: [key: string, offset: number]; value: Uint8Array<ArrayBuffer> };
}

let opened: Promise<IDBPDatabase<BytesSchema>> | undefined;

/** Opens the database once, and anew after the browser has closed it. */
export function bytesDatabase(): Promise<IDBPDatabase<BytesSchema>> {
  opened ??= openDB<BytesSchema>('bg-fetch-bytes', 1, {
    upgrade(database) {
      database.createObjectStore('bodies', { keyPath: 'key' });
      database.createObjectStore('pieces');
    },
    blocking: forget,
    terminated: forget,
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function forget(): void {
  void opened?.then((database) => database.close());
  opened = undefined;
}

/** Every piece of one body. */
export function piecesOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, Infinity]);
}
