/** What moves bytes from the network to rest: in a worker onto a file, or in the page into IndexedDB. */
import type { StoredBody } from '../../bytes/stored-body.js';
import type { ResponseHead } from './journal.js';

/** Sends requests and stores what comes back. */
export interface Mover {
  readonly store: StoredBody['store'];
  /** Sends a request; resolves with the head of its response. Aborting the signal ends the body too, and keeps what came. */
  send(request: OutgoingRequest, signal: AbortSignal): Promise<Exchange>;
}

/** What a worker needs to make the request again. */
export interface OutgoingRequest {
  readonly url: string;
  readonly init: RequestInit;
}

/** One response whose body has not been read yet. */
export interface Exchange {
  readonly head: ResponseHead;
  /** Stores the body from offset `at`, vouching for it piece by piece; resolves when the body has ended. */
  pour(key: string, at: number, onSize: (size: number) => void): Promise<Poured>;
  /** Lets go of the body. */
  cancel(): void;
}

/** A body that has come to its end. */
export interface Poured {
  /** Bytes at rest. */
  readonly size: number;
  /** Bytes on the wire, as packed as they came; 0 where the browser does not say. */
  readonly wire: number;
}

/** A fault between here and the server, in the browser's own words. */
export class NetworkFault extends Error {
  override readonly name = 'NetworkFault';
}

/** A fault between here and the disk; `quota` when there is no room. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly quota: boolean;

  constructor(message: string, quota: boolean) {
    super(message);
    this.quota = quota;
  }
}

/** Any error of a store as a fault. */
export function toStorageFault(error: unknown): StorageFault {
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error(String(error));
  return new StorageFault(message, name === 'QuotaExceededError');
}

/** How much is stored and vouched for at a time, in bytes. */
export const PIECE = 1024 * 1024;

/** How far bytes may run ahead of what is vouched for: no crash costs more than this and a piece. */
export const LEAD = 3 * PIECE;

/** How often a size is reported while bytes arrive, in milliseconds. */
export const REPORT_INTERVAL = 50;
