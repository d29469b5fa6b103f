/** Database of stored bodies: a row for each, and the pieces of those in IndexedDB. */
import { openDatabase } from './indexed-db.js';
import type { StoredBody } from './stored-body.js';

/** Row of a body. `size` is the committed size; a growing file has its own, newer size in its head. */
export interface BodyRow {
  readonly key: string;
  readonly store: StoredBody['store'];
  readonly size: number;
  /** Set once the body is not owned by its engine any more. */
  readonly kept?: true;
}

/** Name of the database. */
export const BYTES = 'bg-fetch-bytes';

/** Runs a transaction. Pieces have body and offset as key, so that a range is read without earlier pieces. */
export const bytes = openDatabase<{ bodies: BodyRow; pieces: Uint8Array<ArrayBuffer> }>(BYTES, 1, (database) => {
  database.createObjectStore('bodies', { keyPath: 'key' });
  database.createObjectStore('pieces');
});

export function piecesOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, Infinity]);
}
