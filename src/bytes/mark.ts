/** Tells whether bytes that a file was given are in it: what rests in the system's memory alone is gone when the power is. */
import type { BodyRow } from './database.js';
import { openFile } from './files.js';

/**
 * Goes on with the mark of a file's bytes: a hash of eight bytes of every page of 4 KiB, because pages are lost whole. Its text becomes
 * part of a worker, so it uses nothing outside of itself.
 */
export function markBytes(bytes: Uint8Array, at: number, mark: number): number {
  let next = mark;
  for (let i = (512 - (at % 512)) % 512; i < bytes.byteLength; i += 512) next = (Math.imul(next, 31) + (bytes[i] as number)) | 0;
  return next;
}

/** How many bytes of a body can be built on: what is vouched for, what was flushed where the rest has been lost, or none. */
export async function soundSize({ store, key, size, durable = size, mark = 0 }: BodyRow): Promise<number> {
  if (store !== 'opfs') return size;
  const file = await openFile(key);
  if (!file || file.size < durable) return 0;
  let found = 0;
  for (let at = durable; at < size; at += SLICE) {
    const bytes = await file.slice(at, Math.min(at + SLICE, size)).arrayBuffer();
    found = markBytes(new Uint8Array(bytes), at, found);
  }
  return file.size >= size && found === mark ? size : durable;
}

const SLICE = 1024 * 1024;
