/** Whether there is room for a download, before it starts. */
import { untoldSpace } from '../../bytes/bodies.js';

/** Throws a `QuotaExceededError` when `size` bytes cannot be stored. */
export async function requireRoom(id: string, size: number): Promise<void> {
  if (size === 0) return;
  const told = async (): Promise<StorageEstimate> => navigator.storage.estimate().catch(() => ({}));
  const { quota = Infinity, usage = 0 } = (await untoldSpace()) ?? (await told());
  const room = quota - usage;
  if (size > room)
    throw quotaExceeded(
      `Failed to start background fetch "${id}": ${size} bytes are asked for and ${room} are left. Free some space.`,
    );
}

/** A class of its own in newer browsers, a name in older ones. */
function quotaExceeded(message: string): Error {
  const { QuotaExceededError } = globalThis as { QuotaExceededError?: new (message: string) => DOMException };
  return QuotaExceededError ? new QuotaExceededError(message) : new DOMException(message, 'QuotaExceededError');
}
