/** Verifies the size of a file after a crash: bytes that were not flushed may be lost in a power failure. */
import { committedSize } from './bodies.js';
import { updateChecksum } from './checksum.js';
import { BODY_OFFSET, openFile } from './files.js';
import type { StoredBody } from './stored-body.js';

/** Number of bytes that are read at a time. */
const SLICE = 1024 * 1024;

/**
 * Resolves with the number of intact bytes of a body. The header of a file has its size, its flushed size and the checksum of the difference:
 * the result is the size, the flushed size if later bytes were lost, or 0.
 */
export async function intactSize({ store, key }: Pick<StoredBody, 'store' | 'key'>): Promise<number> {
  if (store !== 'opfs') return committedSize(key);
  const file = await openFile(key, 0);
  if (!file || file.size < BODY_OFFSET) return 0;
  const [size = 0, flushed = 0, checksum = 0] = new Float64Array(await file.slice(0, 24).arrayBuffer());
  const body = file.slice(BODY_OFFSET);
  if (body.size < flushed) return 0;
  let found = 0;
  for (let at = flushed; at < size; at += SLICE) {
    const bytes = await body.slice(at, Math.min(at + SLICE, size)).arrayBuffer();
    found = updateChecksum(new Uint8Array(bytes), at, found);
  }
  return body.size >= size && found === checksum ? size : flushed;
}
