/** Row of a stored response: plain data without its body. */
import type { StoredBody } from '../bytes/stored-body.js';

/** One stored response. `index` is that of its request in the record. */
export interface StoredResponse {
  readonly id: string;
  readonly index: number;
  readonly url: string;
  /** Final URL of the response after redirects and replaced URLs; undefined in rows of 0.1. */
  readonly finalUrl?: string | undefined;
  readonly method: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** `startedAt` of its attempt; undefined in rows of 0.1, which belong to any attempt at the same URL. */
  readonly startedAt?: number | undefined;
  /** Expected hashes of a body that is not verified yet (Subresource Integrity); it is not served before. */
  readonly unverified?: string | undefined;
  /** Location of the body. */
  readonly body: StoredBody | CachedBody;
}

/** A body in the Cache. */
export interface CachedBody {
  readonly store: 'cache';
  readonly key: string;
  readonly size: number;
}
