/** What a site decides of its downloads: asked before, told after. */
import type { FetchPlan, FetchRecord } from './record.js';
import type { Retention } from './retention.js';
import type { IsIntact } from './verify.js';

/** One file of a download, as the site is asked about it. */
export interface StoredFile {
  readonly id: string;
  /** Place of its request in the record. */
  readonly index: number;
  readonly request: Request;
}

/** Every part may be left out. What a hook throws ends the download it was asked about, with that message. */
export interface Policy {
  /** Asked before a download is remembered: gives back the plan, renamed if need be, or throws to refuse it. */
  accept?(plan: FetchPlan): FetchPlan | Promise<FetchPlan>;
  /** Asked for each whole file: resolves to true when it stored the response elsewhere; then the kit does not answer for it. */
  store?(response: Response, file: StoredFile): boolean | Promise<boolean>;
  /**
   * Holds a stored file against its hashes: `isIntact` of `bg-fetch-elements/integrity`. Without it a page does, and what ends while none is
   * open waits for the next visit.
   */
  isIntact?: IsIntact;
  /** Told when all files are stored. The worker stays awake until it resolves. */
  done?(record: FetchRecord): unknown;
  /** Told when a download has failed. */
  failed?(record: FetchRecord): unknown;
  /** What is let go by itself, the oldest first. */
  retention?: Retention;
}
