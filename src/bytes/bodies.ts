/** Stored bodies of this origin, and their committed sizes. */
import { bytes, piecesOf, type BodyRow } from './body-database.js';
import { listFiles, removeFile } from './files.js';
import type { StoredBody } from './stored-body.js';

/** Resolves with the row of a body. */
export function readRow(key: string): Promise<BodyRow | undefined> {
  return bytes(['bodies'], 'readonly', (bodies) => bodies.get(key));
}

/** Writes the row of a body. */
export async function writeRow(row: BodyRow): Promise<void> {
  await bytes(['bodies'], 'readwrite', (bodies) => bodies.put(row));
}

/** Resolves with the committed size of a body in bytes; 0 if there is none. */
export async function committedSize(key: string): Promise<number> {
  return (await readRow(key))?.size ?? 0;
}

/** Commits the first `size` bytes of a body, which must be stored. */
export function commitSize({ store, key, size }: StoredBody): Promise<void> {
  return writeRow({ store, key, size });
}

/** Deletes a body and its row; has no effect if it is already deleted. */
export async function deleteBody({ store, key }: StoredBody, condition?: 'unless kept'): Promise<void> {
  if (condition && (await readRow(key))?.kept) return;
  if (store === 'opfs') await removeFile(key);
  await bytes(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    bodies.delete(key);
    return pieces.delete(piecesOf(key));
  });
}

/** Deletes all bodies of the origin, orphans included. */
export async function deleteAllBodies(): Promise<void> {
  await Promise.all([...(await listFiles()).keys()].map(removeFile));
  await bytes(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    bodies.clear();
    return pieces.clear();
  });
}

/** Resolves with the rows of all bodies. */
export function listBodies(): Promise<BodyRow[]> {
  return bytes(['bodies'], 'readonly', (bodies) => bodies.getAll());
}

/** Used and available bytes. */
export interface Space {
  readonly usage: number;
  readonly quota: number;
}

/** Limit in bytes for WebKitGTK 2.50, which rejects every write once an origin has stored 1000 MiB (docs/decisions/0004). */
const ASSUMED_QUOTA = 900 * 1024 * 1024;

/** Resolves with the space for bodies in browsers without `navigator.storage.estimate()`; with undefined in others. */
export async function assumedSpace(): Promise<Space | undefined> {
  if ((navigator as { storage?: Partial<StorageManager> }).storage?.estimate) return undefined;
  const bodies = await listBodies();
  return { usage: bodies.reduce((sum, { size }) => sum + size, 0), quota: ASSUMED_QUOTA };
}
