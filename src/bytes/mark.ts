/** Tells how much of a file can be built on: what rests in the system's memory alone is gone when the power is. */
import { sizeAtRest } from './bodies.js';
import { HEAD, openFile } from './files.js';
import type { StoredBody } from './stored-body.js';

/**
 * Goes on with the mark of a file's bytes: a hash of eight bytes of every page of 4 KiB, because pages are lost whole. Its text becomes
 * part of a worker, so it uses nothing outside of itself.
 */
export function markBytes(bytes: Uint8Array, at: number, mark: number): number {
  let next = mark;
  for (let i = (512 - (at % 512)) % 512; i < bytes.byteLength; i += 512) next = (Math.imul(next, 31) + (bytes[i] as number)) | 0;
  return next;
}

/**
 * How many bytes of a body can be built on. A file says in its first page how many it was given, how many of them have been flushed,
 * and the mark of the others: it is all of them, those that were flushed where the others have been lost, or none.
 */
export async function soundSize({ store, key }: Pick<StoredBody, 'store' | 'key'>): Promise<number> {
  if (store !== 'opfs') return sizeAtRest(key);
  const file = await openFile(key, 0);
  if (!file || file.size < HEAD) return 0;
  const [size = 0, durable = 0, mark = 0] = new Float64Array(await file.slice(0, 24).arrayBuffer());
  const body = file.slice(HEAD);
  if (body.size < durable) return 0;
  let found = 0;
  for (let at = durable; at < size; at += SLICE) {
    const bytes = await body.slice(at, Math.min(at + SLICE, size)).arrayBuffer();
    found = markBytes(new Uint8Array(bytes), at, found);
  }
  return body.size >= size && found === mark ? size : durable;
}

const SLICE = 1024 * 1024;
