/** Files of bodies in a folder of the origin private file system. */

/** Name of the folder. */
export const FOLDER = 'bg-fetch';

/** Byte offset of a body in its file; the first 4 KiB hold its size, flushed size and checksum. */
export const BODY_OFFSET = 4096;

/** Name of a file that checks whether files work; it is no body. */
export const PROBE = 'probe';

/** Suffix of Chromium 156 for a file that is being written; it stays when the browser is killed (docs/decisions/0003). */
const SWAP_SUFFIX = '.crswap';

/** Attempts to remove a file that is in use, and the delay between them in milliseconds. */
const REMOVE_TRIES = 10;
const REMOVE_PAUSE = 100;

/** Resolves with the folder, creating it if needed; rejects if the browser has no such file system. */
export async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Resolves with a body's file from byte `start`, by default without its head; with undefined if it does not exist. */
export async function openFile(key: string, start = BODY_OFFSET): Promise<Blob | undefined> {
  try {
    const handle = await (await openFolder()).getFileHandle(key);
    return (await handle.getFile()).slice(start);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * Writes a body to a new file and resolves with its size. Rejects if files cannot be written here, and with `QuotaExceededError`. Writing one
 * Blob needs the least time and memory in Chromium 156 (docs/decisions/0003).
 */
export async function writeFile(key: string, body: Blob): Promise<number> {
  const handle = await (await openFolder()).getFileHandle(key, { create: true });
  const file = await handle.createWritable();
  try {
    const head = new Float64Array(BODY_OFFSET / Float64Array.BYTES_PER_ELEMENT);
    head.set([body.size, body.size]);
    await file.write(head);
    await file.write(body);
    await file.close();
  } catch (error) {
    await file.abort();
    throw error;
  }
  return (await handle.getFile()).size - BODY_OFFSET;
}

/** Removes incomplete files of a browser that was killed. No file may be written at the same time. */
export async function removeSwap(): Promise<void> {
  const left = [...(await listFiles()).keys()].filter((name) => name.endsWith(SWAP_SUFFIX));
  await Promise.all(left.map(removeFile));
}

/** Removes a body's file; has no effect if it does not exist. A file that stays in use is removed at the next start. */
export async function removeFile(key: string): Promise<void> {
  for (let tries = 1; tries <= REMOVE_TRIES; tries++) {
    try {
      await (await openFolder()).removeEntry(key);
      return;
    } catch (error) {
      if (isGone(error)) return;
      if ((error as Error).name !== 'NoModificationAllowedError') throw error;
      await new Promise((resolve) => setTimeout(resolve, REMOVE_PAUSE));
    }
  }
}

/** Resolves with all files of the folder; with none if the browser has no such file system. Rejects if they cannot be listed now. */
export async function listFiles(): Promise<Map<string, FileSystemFileHandle>> {
  const files = new Map<string, FileSystemFileHandle>();
  const { storage } = navigator as { storage?: Partial<StorageManager> };
  if (!storage?.getDirectory) return files;
  for await (const [name, handle] of (await openFolder()).entries()) {
    if (name !== PROBE && handle.kind === 'file') files.set(name, handle);
  }
  return files;
}

/** Returns true if a file does not exist, or is a folder. */
function isGone(error: unknown): boolean {
  return ['NotFoundError', 'TypeMismatchError'].includes((error as Error).name);
}
