/** Which bodies rest on this origin, how much of each is vouched for, and who looks after them. */
import { bytesDatabase, piecesOf, type BodyRow } from './database.js';
import { listFiles, openFile, removeFile } from './files.js';
import type { StoredBody } from './stored-body.js';

/** Counts the bytes of a body that are vouched for; 0 when there is none. */
export async function sizeAtRest(key: string): Promise<number> {
  const row = await (await bytesDatabase()).get('bodies', key);
  return row?.size ?? 0;
}

/** Vouches for the first `size` bytes of a body, which are on disk by now. */
export async function vouch({ store, key, size }: StoredBody): Promise<void> {
  const transaction = (await bytesDatabase()).transaction('bodies', 'readwrite', { durability: 'relaxed' });
  await transaction.store.put({ store, key, size });
  await transaction.done;
}

/** Adds a piece at the end of a body that rests in IndexedDB, and vouches for it in the same transaction. */
export async function addPiece(key: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<void> {
  const transaction = (await bytesDatabase()).transaction(['bodies', 'pieces'], 'readwrite', { durability: 'relaxed' });
  await Promise.all([
    transaction.objectStore('pieces').put(piece, [key, offset]),
    transaction.objectStore('bodies').put({ store: 'indexeddb', key, size: offset + piece.byteLength }),
    transaction.done,
  ]);
}

/** Takes a body from its engine's care into the caller's; rejects with `InvalidStateError` when its bytes are gone. */
export async function keepBody(body: StoredBody): Promise<StoredBody> {
  if (!(await bodyExists(body)))
    throw new DOMException(`Failed to keep the body "${body.key}": its bytes are gone.`, 'InvalidStateError');
  const { store, key, size } = body;
  await (await bytesDatabase()).put('bodies', { store, key, size, kept: true });
  return body;
}

/** True when the body is whole and of its size. */
export async function bodyExists({ store, key, size }: StoredBody): Promise<boolean> {
  const database = await bytesDatabase();
  const row = await database.get('bodies', key);
  if (row?.size !== size) return false;
  if (store === 'opfs') return (await openFile(key))?.size === size;
  if (size === 0) return true;
  const last = await database.transaction('pieces').store.openCursor(piecesOf(key), 'prev');
  return last !== null && last.key[1] + last.value.byteLength === size;
}

/** Deletes a body and what vouches for it; one that is gone already is no error. */
export async function deleteBody({ store, key }: StoredBody, condition?: 'unless kept'): Promise<void> {
  if (condition && (await (await bytesDatabase()).get('bodies', key))?.kept) return;
  if (store === 'opfs') await removeFile(key);
  const transaction = (await bytesDatabase()).transaction(['bodies', 'pieces'], 'readwrite');
  await Promise.all([
    transaction.objectStore('bodies').delete(key),
    transaction.objectStore('pieces').delete(piecesOf(key)),
    transaction.done,
  ]);
}

/** Lists every body, files that nothing vouches for yet included (`size` 0). */
export async function listBodies(): Promise<BodyRow[]> {
  const files = await listFiles();
  const rows = await (await bytesDatabase()).getAll('bodies');
  const known = new Set(rows.map(({ key }) => key));
  return [...rows, ...files.filter((key) => !known.has(key)).map((key): BodyRow => ({ key, store: 'opfs', size: 0 }))];
}
