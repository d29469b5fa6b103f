/** The folder of the origin private file system in which bodies rest as files. */

/** The folder's name. */
export const FOLDER = 'bg-fetch';

/** Where a body begins in its file: before it, in a page of its own, stands how far it is. */
export const HEAD = 4096;

/** A file of a few bytes that proves that files work; it is no body. */
export const PROBE = 'probe';

/** How often, and how long apart in milliseconds, a file is tried to be removed that somebody holds. */
const TRIES = 10;
const PAUSE = 100;

/** Opens the folder, making it where it is missing; rejects where the browser has no such file system. */
export async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Opens a body's file for reading, what stands before the body too where `start` says so; undefined when it is gone. */
export async function openFile(key: string, start = HEAD): Promise<Blob | undefined> {
  try {
    const handle = await (await openFolder()).getFileHandle(key);
    return (await handle.getFile()).slice(start);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Removes a body's file; one that is gone already is no error, and one that stays held is left for the next start. */
export async function removeFile(key: string): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await (await openFolder()).removeEntry(key);
      return;
    } catch (error) {
      if (isGone(error)) return;
      if ((error as Error).name !== 'NoModificationAllowedError') throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/** Names every file in the folder; none where there is no such file system. */
export async function listFiles(): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const name of (await openFolder()).keys()) {
      if (name !== PROBE) names.push(name);
    }
  } catch {
    // A browser without this file system has no files in it.
  }
  return names;
}

/** What has another kind in its place is gone too. */
function isGone(error: unknown): boolean {
  return ['NotFoundError', 'TypeMismatchError'].includes((error as Error).name);
}
