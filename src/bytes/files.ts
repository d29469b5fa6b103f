/** The folder of the origin private file system in which bodies rest as files. */

/** The folder's name. */
export const FOLDER = 'bg-fetch';

/** Opens the folder, making it where it is missing; rejects where the browser has no such file system. */
export async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Opens a body's file for reading; undefined when it is gone. */
export async function openFile(key: string): Promise<File | undefined> {
  try {
    const handle = await (await openFolder()).getFileHandle(key);
    return await handle.getFile();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Removes a body's file; one that is gone already is no error. */
export async function removeFile(key: string): Promise<void> {
  try {
    await (await openFolder()).removeEntry(key);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Names every file in the folder; none where there is no such file system. */
export async function listFiles(): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const name of (await openFolder()).keys()) names.push(name);
  } catch {
    // A browser without this file system has no files in it.
  }
  return names;
}

function isGone(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError');
}
