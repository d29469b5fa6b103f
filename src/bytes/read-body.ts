/** Reads bytes where they rest, as a stream in constant memory or as a slice of a file. */
import { bytes, offsetOf, piecesOf } from './database.js';
import { openFile } from './files.js';
import { requested } from './indexed-db.js';
import type { StoredBody } from './stored-body.js';

/** Opens the bytes from `start` up to, not including, `end`; rejects with `NotFoundError` when they were evicted. */
export async function readBody(
  body: StoredBody,
  start = 0,
  end = body.size,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | Blob> {
  if (body.store === 'opfs') {
    const file = await openFile(body.key);
    if (!file || file.size < end) throw gone(body.key);
    return file.slice(start, end);
  }
  if (end > start && !(await readPiece(body.key, start))) throw gone(body.key);
  return streamPieces(body.key, start, end);
}

function streamPieces(key: string, start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = start;
  return new ReadableStream(
    {
      async pull(controller) {
        if (at >= end) {
          controller.close();
          return;
        }
        const piece = await readPiece(key, at);
        if (!piece) throw gone(key);
        const part = piece.subarray(0, end - at);
        at += part.byteLength;
        controller.enqueue(part);
        if (at >= end) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The rest of the piece that has the byte at `offset`. */
function readPiece(key: string, offset: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return bytes(['pieces'], 'readonly', async (pieces) => {
    const piece = await requested(pieces.openCursor(piecesOf(key, offset), 'prev'));
    const rest = piece?.value.subarray(offset - offsetOf(piece));
    return rest?.byteLength ? rest : undefined;
  });
}

function gone(key: string): DOMException {
  return new DOMException(`Failed to read the body "${key}": the browser has evicted its bytes.`, 'NotFoundError');
}
