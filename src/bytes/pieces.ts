/** The pieces of bodies that rest in IndexedDB: each is found by its body and its offset there. */
import { bytes } from './database.js';
import { requested } from './indexed-db.js';

/** How large a piece is at most: a range that is read costs its pieces whole. */
export const PIECE = 1024 * 1024;

/** Adds a piece at the end of a body, and vouches for it in the same transaction. */
export async function addPiece(key: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<void> {
  await bytes(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    pieces.put(piece, [key, offset]);
    return bodies.put({ store: 'indexeddb', key, size: offset + piece.byteLength });
  });
}

/** The rest of the piece that has the byte at `offset`. */
export function readPiece(key: string, offset: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return bytes(['pieces'], 'readonly', async (pieces) => {
    // A cursor reads ahead as far as its range allows (Firefox).
    const near = IDBKeyRange.bound([key, offset - PIECE], [key, offset]);
    const piece = await requested(pieces.openCursor(near, 'prev'));
    const rest = piece?.value.subarray(offset - (piece.key as [string, number])[1]);
    return rest?.byteLength ? rest : undefined;
  });
}
