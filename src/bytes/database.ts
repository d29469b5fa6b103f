/** The database of bytes at rest: what each body is, and the pieces of those that rest in IndexedDB. */
import { openDatabase } from './indexed-db.js';
import type { StoredBody } from './stored-body.js';

/** A body as the database has it. `size` counts the bytes that are vouched for; a file that grows says itself what it has beyond. */
export interface BodyRow {
  readonly key: string;
  readonly store: StoredBody['store'];
  readonly size: number;
  /** Set once someone else than its engine looks after it. */
  readonly kept?: true;
}

/** The database's name. */
export const BYTES = 'bg-fetch-bytes';

/** Pieces are found by body and offset, so that a range is read without what lies before it. */
export const bytes = openDatabase<{ bodies: BodyRow; pieces: Uint8Array<ArrayBuffer> }>(BYTES, 1, (database) => {
  database.createObjectStore('bodies', { keyPath: 'key' });
  database.createObjectStore('pieces');
});

/** The pieces of one body. */
export function piecesOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, Infinity]);
}
