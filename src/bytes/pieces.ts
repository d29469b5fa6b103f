/** The pieces of bodies that rest in IndexedDB: each is found by its body and its offset there. */
import { bytes, piecesOf } from './database.js';
import { requested, type Entry } from './indexed-db.js';

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
    const piece = await requested(pieces.openCursor(piecesOf(key, offset), 'prev'));
    const rest = piece?.value.subarray(offset - offsetOf(piece));
    return rest?.byteLength ? rest : undefined;
  });
}

/** Where the last piece of a body ends; 0 when there is none. */
export function endOfPieces(key: string): Promise<number> {
  return bytes(['pieces'], 'readonly', async (pieces) => {
    const last = await requested(pieces.openCursor(piecesOf(key), 'prev'));
    return last ? offsetOf(last) + last.value.byteLength : 0;
  });
}

function offsetOf({ key }: Entry<unknown>): number {
  return (key as [string, number])[1];
}
