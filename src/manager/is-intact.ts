/** Verifies bytes with streaming hashes (Subresource Integrity, section 3). Loaded only for downloads with `integrity`. */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { toHashes, type HashName } from './hashes.js';

/** Hash algorithms, weakest first. */
const HASHES = { sha256, sha384, sha512 };

/** Resolves with true if a body has one of the strongest hashes in `integrity`, or if that is empty. */
export async function isIntact(body: Blob | ReadableStream<Uint8Array>, integrity: string): Promise<boolean> {
  const { name, digests } = strongest(integrity);
  if (!name) return integrity.trim() === '';
  const stream = body instanceof Blob ? (body.stream() as ReadableStream<Uint8Array>) : body;
  return digests.includes(await digest(name, stream));
}

export function strongest(integrity: string): { name: HashName | undefined; digests: string[] } {
  const hashes = toHashes(integrity);
  const name = (Object.keys(HASHES) as HashName[]).findLast((known) => hashes.some((hash) => hash.name === known));
  return { name, digests: hashes.filter((hash) => hash.name === name).map((hash) => hash.digest) };
}

async function digest(name: HashName, stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = HASHES[name].create();
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) hash.update(part.value);
  return btoa(String.fromCharCode(...hash.digest()));
}
