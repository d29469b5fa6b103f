/** Which bodies rest on this origin, how much of each is vouched for, and who looks after them. */
import { bytes, offsetOf, piecesOf, type BodyRow } from './database.js';
import { requested } from './indexed-db.js';
import { openFile, removeFile } from './files.js';
import type { StoredBody } from './stored-body.js';

/** Reads what is known of a body. */
export function readRow(key: string): Promise<BodyRow | undefined> {
  return bytes(['bodies'], 'readonly', (bodies) => bodies.get(key));
}

async function writeRow(row: BodyRow): Promise<void> {
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

/** Adds a piece at the end of a body that rests in IndexedDB, and vouches for it in the same transaction. */
export async function addPiece(key: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<void> {
  await bytes(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    pieces.put(piece, [key, offset]);
    return bodies.put({ store: 'indexeddb', key, size: offset + piece.byteLength });
  });
}

/** Takes a body from its engine's care into the caller's; rejects with `InvalidStateError` when its bytes are gone. */
export async function keepBody(body: StoredBody): Promise<StoredBody> {
  const { store, key, size } = body;
  if (!(await bodyExists(body)))
    throw new DOMException(`Failed to keep the body "${key}": its bytes are gone.`, 'InvalidStateError');
  await writeRow({ store, key, size, kept: true });
  return body;
}

/** True when the body is whole and of its size. */
export async function bodyExists({ store, key, size }: StoredBody): Promise<boolean> {
  if ((await readRow(key))?.size !== size) return false;
  if (store === 'opfs') return (await openFile(key))?.size === size;
  if (size === 0) return true;
  const end = await bytes(['pieces'], 'readonly', async (pieces) => {
    const last = await requested(pieces.openCursor(piecesOf(key), 'prev'));
    return last && offsetOf(last) + last.value.byteLength;
  });
  return end === size;
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
