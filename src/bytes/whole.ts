/** Checks which bodies are whole by their sizes; reads bytes only if not all of them were flushed. */
import { listBodies } from './bodies.js';
import { BODY_OFFSET, listFiles } from './files.js';
import { intactSize } from './intact-size.js';
import type { StoredBody } from './stored-body.js';

/** Files that need no further check: a flushed file does not change, and others are checked once per realm. */
const intactFiles = new Set<string>();

/** Resolves with the keys of the whole bodies; rejects if that cannot be checked now. */
export async function wholeBodies(bodies: readonly StoredBody[]): Promise<Set<string>> {
  const rows = new Map((await listBodies()).map(({ key, size }) => [key, size]));
  // A browser without files has none to check.
  const files = bodies.some(({ store }) => store === 'opfs') ? await listFiles() : undefined;
  const found = await Promise.all(
    bodies.map(async (body) =>
      body.store === 'opfs' ? await isWholeFile(body, files?.get(body.key)) : rows.get(body.key) === body.size,
    ),
  );
  return new Set(bodies.filter((_body, i) => found[i]).map(({ key }) => key));
}

/** Checks the size, and the checksum of bytes that were not flushed. */
async function isWholeFile({ store, key, size }: StoredBody, handle: FileSystemFileHandle | undefined): Promise<boolean> {
  if (!handle) return false;
  const file = await handle.getFile();
  if (file.size - BODY_OFFSET !== size) return false;
  if (intactFiles.has(key)) return true;
  const [, durable = 0] = new Float64Array(await file.slice(0, 16).arrayBuffer());
  if (durable < size && (await intactSize({ store, key })) < size) return false;
  intactFiles.add(key);
  return true;
}
