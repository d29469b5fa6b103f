/** Errors of a transfer, temporary or final. */
import type { ResponseHead } from '../state/journal.js';

/**
 * `no-response`: no head of a response. `network`: the response was interrupted, or no bytes came for too long. `incomplete`: the response ended
 * before the file. `storage`: the storage failed; `quota`: it is full. `range-mismatch`: the response cannot be appended to the stored bytes.
 * `retry-later`: the server asks to retry later.
 */
export type TransferErrorKind = 'no-response' | 'network' | 'incomplete' | 'storage' | 'quota' | 'range-mismatch' | 'retry-later';

/** Error of a transfer with its kind. */
export class TransferError extends Error {
  readonly kind: TransferErrorKind;
  /** Head of the response that caused it. */
  readonly head: ResponseHead | undefined;

  constructor(kind: TransferErrorKind, message: string, head?: ResponseHead) {
    super(message);
    this.kind = kind;
    this.head = head;
  }
}

/** Returns a thrown value as an error of this kind; as `quota` if it is the browser's `QuotaExceededError`. */
export function toTransferError(kind: TransferErrorKind, error: unknown): TransferError {
  if (error instanceof TransferError) return error;
  const { name, message } = error as Error;
  return new TransferError(name === 'QuotaExceededError' ? 'quota' : kind, message);
}
