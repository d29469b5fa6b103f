/** Reads bytes where they rest, as a stream in constant memory or as a slice of a file. */
import { bytesDatabase } from './database.js';
import { openFile } from './files.js';
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
        const bytes = await readPiece(key, at);
        if (!bytes) throw gone(key);
        const part = bytes.subarray(0, end - at);
        at += part.byteLength;
        controller.enqueue(part);
        if (at >= end) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The rest of the piece that has the byte at `offset`. */
async function readPiece(key: string, offset: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { store } = (await bytesDatabase()).transaction('pieces');
  const cursor = await store.openCursor(IDBKeyRange.bound([key, 0], [key, offset]), 'prev');
  if (!cursor) return undefined;
  const skip = offset - cursor.key[1];
  return skip < cursor.value.byteLength ? cursor.value.subarray(skip) : undefined;
}

function gone(key: string): DOMException {
  return new DOMException(`Failed to read the body "${key}": the browser has evicted its bytes.`, 'NotFoundError');
}
