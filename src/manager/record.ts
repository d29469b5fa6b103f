/** Record of a download: frozen plain data. */
import type { BackgroundFetchFailureReason, BackgroundFetchResult, ImageResource } from '../standard/background-fetch.js';
import type { FailureCause, FileProgress, WaitingFor } from '../standard/extras.js';
import type { PlainRequest } from '../standard/plain-request.js';
import { TEMPORARY_STATUS } from '../standard/temporary-status.js';

/** Status of a download; also the names of custom states, slots, icons and stories. */
export type FetchStatus =
  | 'idle'
  | 'starting'
  | 'queued'
  | 'waiting'
  | 'downloading'
  | 'stalled'
  | 'paused'
  | 'saving'
  | 'done'
  | 'failed'
  | 'aborted'
  | 'evicted';

/** Record of a download. Sizes in bytes, 0 if unknown; times in milliseconds since the epoch. */
export interface FetchRecord {
  readonly id: string;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly requests: readonly PlainRequest[];
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly uploaded: number;
  readonly uploadTotal: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly status: FetchStatus;
  readonly engine: 'native' | 'in-page';
  /** Scope of the engines that download it: that of the worker, or its equivalent without one. Undefined in records of 0.1. */
  readonly scope?: string | undefined;
  /** URL of the page that started it, without query and fragment; undefined if unknown. */
  readonly page?: string | undefined;
  /** Maximum total size of all bodies in bytes. */
  readonly maxSize?: number | undefined;
  /** True if it waits while the connection is metered. */
  readonly wifiOnly?: boolean | undefined;
  /** One entry per request, in the order of `requests`. */
  readonly files: readonly FileProgress[];
  /** True if the total is from a server, not from the site: then it is no limit. */
  readonly isMeasured?: boolean | undefined;
  /** Bytes of files stored by earlier attempts; included in `downloaded`. */
  readonly kept: number;
  /** Reason of the status `waiting` or `queued`. */
  readonly waitingFor?: WaitingFor | undefined;
  /** End of that wait, if known. */
  readonly waitingUntil?: number | undefined;
  /** True while its files are stored but not yet verified. */
  readonly verifying?: boolean | undefined;
  readonly failureCause?: FailureCause | undefined;
  /** Details of a failure in English, for developers. */
  readonly failureDetail?: string | undefined;
  /** Time of its start. With `id` it names the attempt: a retry or a new download with this id has another one. */
  readonly startedAt: number;
  /** Time of the last byte or change of status. */
  readonly changedAt: number;
  /** Time when it was removed, or cancelled while active; it can be restored for `UNDO_TIME`. */
  readonly discardedAt?: number | undefined;
  /** Time when it was first seen to be older than the site's limit. */
  readonly agedAt?: number | undefined;
}

/** Plan of a download that a page is about to start. */
export interface FetchPlan {
  readonly id: string;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly requests: readonly PlainRequest[];
  readonly downloadTotal: number;
  readonly engine: 'native' | 'in-page';
  readonly page?: string | undefined;
  /** Maximum total size of all bodies in bytes, for files of an unknown size. */
  readonly maxSize?: number | undefined;
  readonly wifiOnly?: boolean | undefined;
  /** Time of the start, which names the attempt: a repeated call has the same one and starts nothing again. */
  readonly startedAt?: number | undefined;
}

/** Maximum length of an id, in characters. */
export const MAX_ID = 1024;

/** Maximum number of requests of a download. */
export const MAX_REQUESTS = 1000;

/** Time in which a removed or cancelled download can be restored, in milliseconds. */
export const UNDO_TIME = 10_000;

const SETTLED: ReadonlySet<FetchStatus> = new Set(['idle', 'done', 'failed', 'aborted', 'evicted']);

/** Returns true while the fetch has not ended, or its end is not stored yet. */
export function isActive({ status }: FetchRecord): boolean {
  return !SETTLED.has(status);
}

/** Detail of a failure with the cause `unattended`, which records of 0.1 do not have. */
export const UNATTENDED = 'It ended while no page was open.';

/**
 * Returns true for a failure that was probably caused by the browser, not the server: the native engine fails when the browser is closed
 * (docs/decisions/0010), and a page may be closed before its engine has started.
 */
export function wasGivenUp({ engine, status, failureReason, failureCause, failureDetail, files }: FetchRecord): boolean {
  if (status !== 'failed' || failureCause === 'integrity') return false;
  if (failureReason === 'bad-status') return engine === 'native' && files.every(isDoneOrTemporary);
  const wasUnattended = failureCause === 'unattended' || failureDetail === UNATTENDED;
  return failureReason === 'fetch-error' && (engine === 'native' || wasUnattended);
}

/** Returns the total that the site set as a limit; 0 if there is none, and for records of 0.1, which do not say who set theirs. */
export function limitOf(record: FetchRecord): number {
  return 'isMeasured' in record && !record.isMeasured ? record.downloadTotal : 0;
}

/** Returns true for a file that is done or has a temporary status, which Chromium 156 retries a few times only (docs/decisions/0012). */
function isDoneOrTemporary({ state, status }: FileProgress): boolean {
  return state === 'done' || status === 0 || TEMPORARY_STATUS.has(status);
}

/** Returns true for a download of another app of the origin. Records of 0.1 have no scope and belong to all apps. */
export function isElsewhere({ scope }: FetchRecord, here: string): boolean {
  return scope !== undefined && scope !== here;
}

/**
 * Returns true for a download that waits for an unmetered connection or for its visitor. It has no fetch, or a paused one in the in-page
 * engine.
 */
export function isHeld({ status, waitingFor }: FetchRecord): boolean {
  return (status === 'waiting' && waitingFor === 'wifi') || (status === 'paused' && waitingFor === 'click');
}

/** Returns true while an attempt has failed and the next one has a time. */
export function isTriedAgain({ waitingFor, waitingUntil }: FetchRecord): boolean {
  return waitingFor === 'retry' || (waitingFor === 'network' && waitingUntil !== undefined);
}
