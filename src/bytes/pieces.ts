/** Pieces of bodies in IndexedDB; the key is body and offset. */
import { bytes } from './body-database.js';
import { requested } from './indexed-db.js';

/** Maximum size of a piece in bytes: reading a range loads whole pieces. */
export const PIECE = 1024 * 1024;

/** Appends a piece to a body and commits its size in the same transaction. */
export async function addPiece(key: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<void> {
  await bytes(['bodies', 'pieces'], 'readwrite', (bodies, pieces) => {
    pieces.put(piece, [key, offset]);
    return bodies.put({ store: 'indexeddb', key, size: offset + piece.byteLength });
  });
}

/** Resolves with the piece that contains the byte at `offset`, from that byte. */
export function readPiece(key: string, offset: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return bytes(['pieces'], 'readonly', async (pieces) => {
    // Firefox 153 reads ahead with a cursor as far as its range allows (docs/decisions/0002).
    const near = IDBKeyRange.bound([key, offset - PIECE], [key, offset]);
    const piece = await requested(pieces.openCursor(near, 'prev'));
    const rest = piece?.value.subarray(offset - (piece.key as [string, number])[1]);
    return rest?.byteLength ? rest : undefined;
  });
}
