/** Hands a body over from its engine to whoever looks after it from then on. */
import { readRow, writeRow } from './bodies.js';
import { openFile } from './files.js';
import { readPiece } from './pieces.js';
import type { StoredBody } from './stored-body.js';

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
  return store === 'opfs'
    ? (await openFile(key))?.size === size
    : size === 0 || (await readPiece(key, size - 1))?.byteLength === 1;
}
