/** What moves bytes from the network to rest: in a worker onto a file, or in the page into IndexedDB. */
import type { StoredBody } from '../../bytes/stored-body.js';
import type { PlainRequest } from '../../standard/plain-request.js';
import type { ResponseHead } from './journal.js';

/** Sends requests and stores what comes back. */
export interface Mover {
  readonly store: StoredBody['store'];
  /** Sends a request; resolves with the head of its response, or rejects with a fault, as `pour` does. Aborting the signal ends the body too, and keeps what came. */
  send(request: PlainRequest, sending: Sending): Promise<Exchange>;
}

/** What goes with a request. */
export interface Sending {
  readonly requestBody: ArrayBuffer | undefined;
  /** What is asked beside what the page asked. */
  readonly headers: readonly [string, string][];
  readonly signal: AbortSignal;
}

/** What a worker needs to make the request again. */
export interface OutgoingRequest {
  readonly url: string;
  readonly init: RequestInit;
}

/** One response whose body has not been read yet. */
export interface Exchange {
  readonly head: ResponseHead;
  /**
   * Stores the body from offset `at`, vouching for it piece by piece; resolves when the body has ended. What is left of one of `length`
   * bytes may be asked for in ranges; 0 when it must not.
   */
  pour(key: string, at: number, onSize: (size: number) => void, length: number): Promise<Poured>;
  /** Lets go of the body, wherever it is. */
  cancel(): void;
}

/** A body that has come to its end. */
export interface Poured {
  /** Bytes at rest. */
  readonly size: number;
  /** Bytes on the wire of a packed body; 0 for others, and where the browser does not say. */
  readonly wire: number;
}

/** How often a size is told while bytes arrive, in milliseconds. */
export const REPORT_INTERVAL = 100;

/** The head of a response as plain data. Its text becomes part of a worker, so it uses nothing outside of itself. */
export function headOf({ url, type, redirected, status, statusText, headers }: Response): ResponseHead {
  return { url, type, redirected, status, statusText, headers: [...headers] };
}
