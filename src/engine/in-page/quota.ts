/** Whether there is room for a download, before it starts. */

/** No device has more; where the browser does not say what it has, this much is too much all the same. */
const MOST = 2 ** 50;

/** Throws a `QuotaExceededError` when `size` bytes cannot be stored. */
export async function requireRoom(id: string, size: number): Promise<void> {
  if (size === 0) return;
  const room = await freeSpace();
  if (size <= room) return;
  const message = `Failed to start background fetch "${id}": ${size} bytes are asked for and ${room} are left. Free some space.`;
  throw quotaExceeded(message);
}

async function freeSpace(): Promise<number> {
  try {
    const { quota = MOST, usage = 0 } = await navigator.storage.estimate();
    return quota - usage;
  } catch {
    return MOST;
  }
}

/** A class of its own in newer browsers, a name in older ones. */
function quotaExceeded(message: string): Error {
  const { QuotaExceededError } = globalThis as { QuotaExceededError?: new (message: string) => DOMException };
  return QuotaExceededError ? new QuotaExceededError(message) : new DOMException(message, 'QuotaExceededError');
}
