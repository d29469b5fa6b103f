/** A download as the manager remembers it: frozen plain data. */
import type { BackgroundFetchFailureReason, BackgroundFetchResult, ImageResource } from '../standard/background-fetch.js';
import type { FileProgress, WaitingFor } from '../standard/extras.js';
import type { PlainRequest } from '../standard/plain-request.js';

/** One vocabulary for custom states, words, icons and stories. */
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

/** Sizes in bytes, 0 when unknown; times in milliseconds since the epoch. */
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
  /** The page that started it; undefined where that is not known. */
  readonly page?: string | undefined;
  /** Waits while the line is metered. */
  readonly wifiOnly?: boolean | undefined;
  /** One entry a request, in the order of `requests`. */
  readonly files: readonly FileProgress[];
  /** Bytes of the files that earlier attempts stored; part of `downloaded`. */
  readonly kept: number;
  /** What a `waiting` or `queued` download waits for. */
  readonly waitingFor?: WaitingFor | undefined;
  /** When that wait ends, where it is known. */
  readonly waitingUntil?: number | undefined;
  /** True while its files are stored, but not yet held against their hashes. */
  readonly verifying?: boolean | undefined;
  /** What the standard has no reason for: `integrity` when a file has not the hash it should. */
  readonly failureCause?: 'integrity' | undefined;
  /** More about a failure than its reason says, in English, for the console and the curious. */
  readonly failureDetail?: string | undefined;
  readonly startedAt: number;
  /** When bytes last arrived or the status last changed. */
  readonly changedAt: number;
  /** When it was discarded; it can be restored for `UNDO_TIME` from then on. */
  readonly discardedAt?: number | undefined;
}

/** What a page says of a download it is about to start. */
export interface FetchPlan {
  readonly id: string;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly requests: readonly PlainRequest[];
  readonly downloadTotal: number;
  readonly engine: 'native' | 'in-page';
  readonly page?: string | undefined;
  readonly wifiOnly?: boolean | undefined;
  /** When the page was asked to; the same time again is the same start, told twice. */
  readonly startedAt?: number | undefined;
}

/** How long a discarded download can be restored, in milliseconds. */
export const UNDO_TIME = 5000;

const SETTLED: ReadonlySet<FetchStatus> = new Set(['idle', 'done', 'failed', 'aborted', 'evicted']);

/** True while bytes may still move: the fetch has not ended, or its end is not stored yet. */
export function isActive({ status }: FetchRecord): boolean {
  return !SETTLED.has(status);
}

/** What is said of a download that no engine knows any more. */
export const LEFT_ALONE = 'It ended while no page was open.';

/**
 * True for a failure that is the browser's doing more likely than the server's: its own engine gives up when the browser is closed, and a
 * page may be closed before its engine has begun.
 */
export function wasGivenUp({ engine, status, failureReason, failureCause, failureDetail }: FetchRecord): boolean {
  return (
    status === 'failed' &&
    failureReason === 'fetch-error' &&
    failureCause === undefined &&
    (engine === 'native' || failureDetail === LEFT_ALONE)
  );
}

/** True for a download that waits for a line that is not metered: no engine has it, or the in-page engine holds it. */
export function isHeld({ status, waitingFor }: FetchRecord): boolean {
  return status === 'waiting' && waitingFor === 'wifi';
}
