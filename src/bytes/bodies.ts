/** Which bodies rest on this origin, and how much of each is vouched for. */
import { bytes, piecesOf, type BodyRow } from './database.js';
import { removeFile } from './files.js';
import type { StoredBody } from './stored-body.js';

/** Reads what is known of a body. */
export function readRow(key: string): Promise<BodyRow | undefined> {
  return bytes(['bodies'], 'readonly', (bodies) => bodies.get(key));
}

/** Writes what is known of a body. */
export async function writeRow(row: BodyRow): Promise<void> {
  await bytes(['bodies'], 'readwrite', (bodies) => bodies.put(row));
}

/** Counts the bytes of a body that are vouched for; 0 when there is none. */
export async function sizeAtRest(key: string): Promise<number> {
  return (await readRow(key))?.size ?? 0;
}

/** Vouches for the first `size` bytes of a body, which are on disk by now. */
export function vouch({ store, key, size }: StoredBody): Promise<void> {
  return writeRow({ store, key, size });
}

/** Deletes a body and what vouches for it; one that is gone already is no error. */
export async function deleteBody({ store, key }: StoredBody, condition?: 'unless kept'): Promise<void> {
  if (condition && (await readRow(key))?.kept) return;
  if (store === 'opfs') await removeFile(key);
  await bytes(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    bodies.delete(key);
    return pieces.delete(piecesOf(key));
  });
}

/** Lists every body that something vouches for. */
export function listBodies(): Promise<BodyRow[]> {
  return bytes(['bodies'], 'readonly', (bodies) => bodies.getAll());
}

/** Bytes that are used, and that may be. */
export interface Space {
  readonly usage: number;
  readonly quota: number;
}

/**
 * WebKitGTK lets an origin have 1000 MiB. Once it has refused a byte it lets it have 6 MB until it is started anew, so that nothing at all
 * can be written: it must not come to that. The rest is for what the site stores beside.
 */
const UNTOLD = 900 * 1024 * 1024;

/** The room for bodies where the browser has no `navigator.storage.estimate()`; undefined elsewhere. */
export async function untoldSpace(): Promise<Space | undefined> {
  if ((navigator as { storage?: Partial<StorageManager> }).storage?.estimate) return undefined;
  const bodies = await listBodies();
  return { usage: bodies.reduce((sum, { size }) => sum + size, 0), quota: UNTOLD };
}
