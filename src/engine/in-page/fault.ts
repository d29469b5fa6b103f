/** What keeps a transfer from its end, for now or for good. */
import type { ResponseHead } from './journal.js';

/**
 * `silence`: no answer came at all. `network`: an answer broke off. `storage`: the disk, `quota` when there is no room on it.
 * `misfit`: the answer cannot be added to what is at rest. `not-now`: so the server says.
 */
export type FaultKind = 'silence' | 'network' | 'storage' | 'quota' | 'misfit' | 'not-now';

/** A fault in the words of whoever met it. */
export class Fault extends Error {
  readonly kind: FaultKind;
  /** The answer that is the fault. */
  readonly head: ResponseHead | undefined;

  constructor(kind: FaultKind, message: string, head?: ResponseHead) {
    super(message);
    this.kind = kind;
    this.head = head;
  }
}

/** What was thrown, as a fault; where the browser did and it is one of storage, its name tells whether there is room. */
export function toFault(kind: FaultKind, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { name, message } = error as Error;
  return new Fault(name === 'QuotaExceededError' ? 'quota' : kind, message);
}
