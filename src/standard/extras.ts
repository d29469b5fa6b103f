/**
 * What the in-page engine offers beside the standard. A browser's own registrations and records have none of it,
 * so whoever uses an extra asks for it first.
 */
import type { StoredBody } from '../bytes/stored-body.js';
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from './background-fetch.js';

/** What a transfer waits for: a line, the time the server or the back-off names, its turn, or a request that still holds. */
export type WaitingFor = 'network' | 'retry' | 'turn' | 'wifi' | 'click';

/** What a transfer does right now. */
export type TransferState = 'queued' | 'waiting' | 'downloading' | 'stalled' | 'paused' | 'settled';

/** How far one request of a fetch is. Sizes in bytes; `downloadTotal` 0 when unknown. */
export interface FileProgress {
  readonly url: string;
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly state: 'waiting' | 'downloading' | 'done' | 'failed';
  /** HTTP status of the response, 0 before there is one. */
  readonly status: number;
  /** True when the site stored it elsewhere. */
  readonly elsewhere?: boolean;
}

/** A registration that can be held and asked what it waits for. Fires `statechange` beside `progress`. */
export interface ControllableRegistration extends BackgroundFetchRegistration {
  readonly state: TransferState;
  readonly waitingFor: WaitingFor | undefined;
  /** When the wait ends, in milliseconds since the epoch, where that is known. */
  readonly waitingUntil: number | undefined;
  /** One entry a request, in the order of the call to `fetch()`. */
  readonly files: readonly FileProgress[];
  /** Words for the console and the row when something failed: which header is missing, what the server said. */
  readonly failureDetail: string;
  /** Stops the transfer and keeps its bytes; false when it had ended. */
  pause(): Promise<boolean>;
  /** Goes on; starts now whatever its turn; false when it had ended. */
  resume(): Promise<boolean>;
  /** Higher goes first among those that queue, 0 is where all begin; false when it had ended. */
  setPriority(priority: number): Promise<boolean>;
}

/** A record whose bytes can be kept where they lie, so that a finished file is not copied to be served. */
export interface KeepableRecord extends BackgroundFetchRecord {
  /** Hands the bytes over: from here on the caller deletes them. Rejects with `InvalidStateError` when they are gone. */
  keep(): Promise<StoredBody>;
}

/** True for a registration with the extras. */
export function isControllable(registration: BackgroundFetchRegistration): registration is ControllableRegistration {
  return 'pause' in registration;
}

/** True for a record whose bytes can be kept in place. */
export function isKeepable(record: BackgroundFetchRecord): record is KeepableRecord {
  return 'keep' in record;
}
