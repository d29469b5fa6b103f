/** Checksum of the bytes of a file that are not flushed yet. */

/** Number of bytes between two hashed ones: eight per page of 4 KiB, because a power failure loses whole pages. */
const SAMPLE_INTERVAL = 512;

/** Returns the checksum extended by the bytes at offset `at`. */
export function updateChecksum(bytes: Uint8Array, at: number, checksum: number): number {
  let next = checksum;
  for (let i = (SAMPLE_INTERVAL - (at % SAMPLE_INTERVAL)) % SAMPLE_INTERVAL; i < bytes.byteLength; i += SAMPLE_INTERVAL)
    next = (Math.imul(next, 31) + (bytes[i] as number)) | 0;
  return next;
}
