/** Rows of the journal: their types and checks. */
import type { StoredBody } from '../../../bytes/stored-body.js';
import type { BackgroundFetchFailureReason, BackgroundFetchResult, ImageResource } from '../../../standard/background-fetch.js';
import type { FailureCause } from '../../../standard/extras.js';
import type { PlainRequest } from '../../../standard/plain-request.js';
import {
  areHeaders,
  areIcons,
  isBytes,
  isCause,
  isFlag,
  isNumber,
  isPlace,
  isReason,
  isRequest,
  isResult,
  isSize,
  isText,
  objectOf,
  oneOf,
  optional,
  type Check,
} from '../../../standard/shape.js';

/** Row of a fetch. */
export interface JournalFetch {
  readonly uid: string;
  readonly scope: string;
  readonly id: string;
  /** Same as `scope` while the fetch is active, then undefined: the unique index makes the id available again. */
  readonly active?: string | undefined;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly downloadTotal: number;
  readonly uploadTotal: number;
  readonly startedAt: number;
  readonly paused: boolean;
  /** Priority in the queue, higher first; 0 by default. */
  readonly priority?: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly failureDetail: string;
  readonly failureCause?: FailureCause | undefined;
}

/** The change that aborts or ends a fetch: its id is available again. */
export const INACTIVE = { active: undefined } as const;

/** Returns true until the fetch was aborted or has ended. */
export function isActive({ active }: JournalFetch): boolean {
  return active !== undefined;
}

/** Head of a response, without its body. */
export interface ResponseHead {
  readonly url: string;
  readonly type: ResponseType;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: [string, string][];
}

/** Reads a header of a message; null if it is missing. */
export function headerOf({ headers }: Pick<PlainRequest, 'headers'>, name: string): string | null {
  return new Headers(headers as [string, string][]).get(name);
}

/** Row of one request of a fetch and its response. */
export interface JournalRecord {
  readonly uid: string;
  readonly index: number | string;
  readonly request: PlainRequest;
  /** Body of the request as bytes, because not every IndexedDB can store Blobs. */
  readonly requestBody?: ArrayBuffer;
  readonly uploaded: number;
  /** Set before a request is sent that must not be repeated. */
  readonly sent?: true;
  /** Earliest time of the next request, in milliseconds since the epoch. */
  readonly retryAt?: number | undefined;
  /** Time when `retryAt` was set; an earlier current time means that the clock was set back. */
  readonly retrySince?: number | undefined;
  readonly head?: ResponseHead | undefined;
  /** Location of the response's body; `size` is final once `result` is set. */
  readonly body?: StoredBody | undefined;
  /** Announced size of the whole body in bytes; 0 if unknown. */
  readonly length: number;
  readonly result: RecordResult;
  readonly detail: string;
  readonly cause?: FailureCause | undefined;
  /** Time of the failure if only a partial body is left, in milliseconds since the epoch. */
  readonly leftAt?: number;
}

/** Result of one record; empty while it is active. */
export type RecordResult = BackgroundFetchFailureReason | 'success';

const FETCH: { readonly [Field in keyof Required<JournalFetch>]: Check } = {
  uid: isText,
  scope: isText,
  id: isText,
  active: optional(isText),
  title: isText,
  icons: areIcons,
  downloadTotal: isSize,
  uploadTotal: isSize,
  startedAt: isNumber,
  paused: isFlag,
  priority: optional(isNumber),
  result: isResult,
  failureReason: isReason,
  failureDetail: isText,
  failureCause: optional(isCause),
};

const canBeSent: Check = (value) => {
  if (!areHeaders(value)) return false;
  try {
    new Headers(value as [string, string][]);
    return true;
  } catch {
    return false;
  }
};

const isWholeRequest = objectOf({ method: isText, headers: canBeSent });

const RECORD: { readonly [Field in keyof Required<JournalRecord>]: Check } = {
  uid: isText,
  index: (value) => isPlace(value) || isText(value),
  request: (value) => isRequest(value) && isWholeRequest(value),
  requestBody: optional(isBytes),
  uploaded: isSize,
  sent: optional(isFlag),
  retryAt: optional(isNumber),
  retrySince: optional(isNumber),
  head: optional(
    objectOf({ url: isText, type: isText, redirected: isFlag, status: isPlace, statusText: isText, headers: canBeSent }),
  ),
  body: optional(objectOf({ store: oneOf('opfs', 'indexeddb'), key: isText, size: isSize })),
  length: isSize,
  result: (value) => isReason(value) || value === 'success',
  detail: isText,
  cause: optional(isCause),
  leftAt: optional(isNumber),
};

const hasFetchFields = objectOf(FETCH);
const hasRecordFields = objectOf(RECORD);

export function isJournalFetch(row: unknown): row is JournalFetch {
  return hasFetchFields(row);
}

export function isJournalRecord(row: unknown): row is JournalRecord {
  return hasRecordFields(row);
}
