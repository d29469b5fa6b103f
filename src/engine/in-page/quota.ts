/** Checks the available space before a download starts. */
import { assumedSpace } from '../../bytes/bodies.js';

/** Throws a `QuotaExceededError` if `size` bytes cannot be stored. */
export async function requireRoom(id: string, size: number): Promise<void> {
  if (size === 0) return;
  const estimated = async (): Promise<StorageEstimate> => navigator.storage.estimate().catch(() => ({}));
  const { quota = Infinity, usage = 0 } = (await assumedSpace()) ?? (await estimated());
  const room = quota - usage;
  if (size > room)
    throw quotaExceeded(
      `Failed to start background fetch "${id}": ${size} bytes are asked for and ${room} are left. Free some space.`,
    );
}

/** Creates the error: a class in newer browsers, a name of `DOMException` in older ones. */
function quotaExceeded(message: string): Error {
  const { QuotaExceededError } = globalThis as { QuotaExceededError?: new (message: string) => DOMException };
  return QuotaExceededError ? new QuotaExceededError(message) : new DOMException(message, 'QuotaExceededError');
}
