/** Hooks of a site for its downloads. */
import type { FetchPlan, FetchRecord } from './record.js';
import type { Retention } from './retention.js';
import type { IsIntact } from './verify.js';

/** One file of a download, as passed to a hook. */
export interface StoredFile {
  readonly id: string;
  /** Index of its request in the record. */
  readonly index: number;
  readonly request: Request;
}

/** Hooks and rules, all optional. An error of a hook ends its download with that message. */
export interface Policy {
  /**
   * Called before a download is recorded: returns the plan, changed if needed, or throws to reject it. Also called for a fetch that was started
   * without the client; if it throws, the fetch is aborted with the message as `failureDetail`.
   */
  accept?(plan: FetchPlan): FetchPlan | Promise<FetchPlan>;
  /**
   * Called for each whole file, after its verification if it has `integrity`. Resolves with true if the site stored the response itself; then
   * the kit does not answer its URL.
   */
  store?(response: Response, file: StoredFile): boolean | Promise<boolean>;
  /**
   * Verifies a stored file: `isIntact` of `bg-fetch-elements/integrity`. Without it a page does, and a download that ends while no page is open
   * waits for the next visit.
   */
  isIntact?: IsIntact;
  /** Called when all files are stored. The worker stays alive until it resolves. */
  done?(record: FetchRecord): unknown;
  /** Called when a download has failed. */
  failed?(record: FetchRecord): unknown;
  /** Rule for automatic deletion, oldest first. */
  retention?: Retention;
}
