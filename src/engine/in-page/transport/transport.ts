/** Transport from the network to storage: to a file in a worker, or to IndexedDB in the page. */
import type { StoredBody } from '../../../bytes/stored-body.js';
import type { PlainRequest } from '../../../standard/plain-request.js';
import type { ResponseHead } from '../state/journal.js';

/** Sends requests and stores the bodies of their responses. */
export interface Transport {
  readonly store: StoredBody['store'];
  /**
   * Sends a request; resolves when the head of its response has arrived. Rejects with a `TransferError`, as `storeBody` does. Aborting the
   * signal ends the body too, and keeps the received bytes.
   */
  send(request: PlainRequest, options: SendOptions): Promise<IncomingResponse>;
}

/** Options of a request. */
export interface SendOptions {
  readonly requestBody: ArrayBuffer | undefined;
  /** Headers in addition to those of the page's request. */
  readonly headers: readonly [string, string][];
  readonly signal: AbortSignal;
}

/** A request as it can be posted to a worker. */
export interface OutgoingRequest {
  readonly url: string;
  readonly init: RequestInit;
}

/** Destination of a body. */
export interface BodyTarget {
  readonly key: string;
  /** Offset of the first byte. */
  readonly offset: number;
  /** Total size in bytes if the rest may be requested in ranges, else 0. */
  readonly length: number;
}

/** Response whose body has not been read yet. */
export interface IncomingResponse {
  readonly head: ResponseHead;
  /** Stores the body and commits its size repeatedly; resolves when the body has ended. */
  storeBody(target: BodyTarget, onSize: (size: number) => void): Promise<BodyEnd>;
  /** Cancels the body. */
  cancel(): void;
}

/** End of a body. */
export interface BodyEnd {
  /** Number of stored bytes, decoded. */
  readonly size: number;
  /** Encoded size of a body with a content coding; 0 for others, and if the browser does not report it. */
  readonly encodedSize: number;
}

/** Interval of size reports, in milliseconds. */
export const REPORT_INTERVAL = 100;

/** Returns the head of a response as plain data. */
export function toResponseHead({ url, type, redirected, status, statusText, headers }: Response): ResponseHead {
  return { url, type, redirected, status, statusText, headers: [...headers] };
}
