/**
 * Extensions of the standard in the in-page engine. Native registrations and records do not have them: check before use.
 */
import type { StoredBody } from '../bytes/stored-body.js';
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from './background-fetch.js';

/** Reason for waiting: no network or no answer, the time of a retry, the queue, an unmetered connection, or a click. */
export type WaitingFor = 'network' | 'retry' | 'turn' | 'wifi' | 'click';

/**
 * Causes of a failure without a reason in the standard: a file has another hash than expected, the browser's storage failed, or no page was open
 * to continue the download.
 */
export type FailureCause = 'integrity' | 'storage' | 'unattended';

/** Current state of a transfer. */
export type TransferState = 'queued' | 'waiting' | 'downloading' | 'stalled' | 'paused' | 'settled';

/** Progress of one request of a fetch. Sizes in bytes; `downloadTotal` is 0 if unknown. */
export interface FileProgress {
  readonly url: string;
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly state: 'waiting' | 'downloading' | 'done' | 'failed';
  /** HTTP status of the response; 0 before it arrives. */
  readonly status: number;
  /** True if the site stored the file itself. */
  readonly elsewhere?: boolean;
}

/** A registration that can be paused and reports its state. Dispatches `statechange` in addition to `progress`. */
export interface ControllableRegistration extends BackgroundFetchRegistration {
  /** Time of the call to `fetch()`, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly state: TransferState;
  readonly waitingFor: WaitingFor | undefined;
  /** End of the wait in milliseconds since the epoch, if known. */
  readonly waitingUntil: number | undefined;
  /** One entry per request, in the order of the call to `fetch()`. */
  readonly files: readonly FileProgress[];
  /** Details of a failure in English, such as a missing header; empty if there are none. */
  readonly failureDetail: string;
  /** Cause of a failure; undefined if the standard's reason is enough. */
  readonly failureCause: FailureCause | undefined;
  /** Pauses the transfer and keeps its bytes; resolves with false if it has ended. */
  pause(): Promise<boolean>;
  /** Resumes at once, ahead of the queue; resolves with false if it has ended. */
  resume(): Promise<boolean>;
  /** Sets the priority in the queue, 0 by default, higher first; resolves with false if it has ended. */
  setPriority(priority: number): Promise<boolean>;
}

/** A record whose stored body can be kept in place, so that a finished file is served without a copy. */
export interface KeepableRecord extends BackgroundFetchRecord {
  /** Transfers ownership of the body to the caller, who deletes it. Rejects with `InvalidStateError` if it is not complete. */
  keep(): Promise<StoredBody>;
}

export function isControllable(registration: BackgroundFetchRegistration): registration is ControllableRegistration {
  return 'pause' in registration;
}

export function isKeepable(record: BackgroundFetchRecord): record is KeepableRecord {
  return 'keep' in record;
}
