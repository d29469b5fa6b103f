/** Reads stored bodies, as a stream with constant memory or as a slice of a file. */
import { openFile } from './files.js';
import { readPiece } from './pieces.js';
import type { StoredBody } from './stored-body.js';

/** Resolves with the bytes from `start` to `end` (exclusive); rejects with `NotFoundError` if they were evicted. */
export async function readBody(
  body: StoredBody,
  start = 0,
  end = body.size,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | Blob> {
  if (body.store === 'opfs') {
    const file = await openFile(body.key);
    if (!file || file.size < end) throw evicted(body.key);
    return file.slice(start, end);
  }
  if (end > start && !(await readPiece(body.key, start))) throw evicted(body.key);
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
        if (!piece) throw evicted(key);
        const part = piece.subarray(0, end - at);
        at += part.byteLength;
        controller.enqueue(part);
        if (at >= end) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

export function evicted(name: string): DOMException {
  return new DOMException(`Failed to read "${name}": the browser has evicted its bytes. Download it again.`, 'NotFoundError');
}
