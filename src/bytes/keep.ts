/** Bodies that outlive their engine. */
import { deleteBody, readRow, writeRow } from './bodies.js';
import { openFile, openFolder, writeFile } from './files.js';
import { readPiece } from './pieces.js';
import type { StoredBody } from './stored-body.js';

/** Transfers ownership of a body from its engine to the caller; rejects with `InvalidStateError` if it is not complete. */
export async function keepBody(body: StoredBody): Promise<StoredBody> {
  const { store, key, size } = body;
  if (!(await bodyExists(body)))
    throw new DOMException(`Failed to keep the body "${key}": its bytes are gone.`, 'InvalidStateError');
  await writeRow({ store, key, size, kept: true });
  return body;
}

/** Writes a body to a new file that the caller owns; if that fails, rejects and leaves no data. */
export async function writeBody(bytes: Blob): Promise<StoredBody> {
  const body = { store: 'opfs', key: crypto.randomUUID(), size: 0 } as const;
  // Without a folder no row may be added.
  await openFolder();
  // The in-page engine deletes files without a row when it starts.
  await writeRow({ ...body, kept: true });
  try {
    const size = await writeFile(body.key, bytes);
    await writeRow({ ...body, size, kept: true });
    return { ...body, size };
  } catch (error) {
    await deleteBody(body);
    throw error;
  }
}

/** Resolves with true if the body has its whole size. */
export async function bodyExists({ store, key, size }: StoredBody): Promise<boolean> {
  if ((await readRow(key))?.size !== size) return false;
  return store === 'opfs'
    ? (await openFile(key))?.size === size
    : size === 0 || (await readPiece(key, size - 1))?.byteLength === 1;
}
