/** Checks rows of the manager's database, which another version or a script of the site may have written. */
import {
  areHeaders,
  areIcons,
  isCause,
  isFile,
  isFlag,
  isNumber,
  isPlace,
  isReason,
  isRequest,
  isResult,
  isSize,
  isText,
  isUrl,
  isWait,
  listOf,
  objectOf,
  oneOf,
  optional,
  type Check,
} from '../standard/shape.js';
import type { FetchRecord } from './record.js';
import type { StoredResponse } from './stored-response.js';

const RECORD: { readonly [Field in keyof Required<FetchRecord>]: Check } = {
  id: isText,
  title: isText,
  icons: areIcons,
  requests: listOf(isRequest),
  downloaded: isSize,
  downloadTotal: isSize,
  uploaded: isSize,
  uploadTotal: isSize,
  result: isResult,
  failureReason: isReason,
  status: oneOf(
    ...['idle', 'starting', 'queued', 'waiting', 'downloading', 'stalled'],
    ...['paused', 'saving', 'done', 'failed', 'aborted', 'evicted'],
  ),
  engine: oneOf('native', 'in-page'),
  scope: optional(isText),
  page: optional(isText),
  maxSize: optional(isSize),
  wifiOnly: optional(isFlag),
  files: listOf(isFile),
  isMeasured: optional(isFlag),
  kept: isSize,
  waitingFor: optional(isWait),
  waitingUntil: optional(isNumber),
  verifying: optional(isFlag),
  failureCause: optional(isCause),
  failureDetail: optional(isText),
  startedAt: isNumber,
  changedAt: isNumber,
  discardedAt: optional(isNumber),
  agedAt: optional(isNumber),
};

const RESPONSE: { readonly [Field in keyof Required<StoredResponse>]: Check } = {
  id: isText,
  index: isPlace,
  url: isUrl,
  finalUrl: optional(isText),
  method: isText,
  status: (value) => isPlace(value) && (value as number) >= 200 && (value as number) <= 599,
  statusText: isText,
  headers: areHeaders,
  storedAt: isNumber,
  startedAt: optional(isNumber),
  unverified: optional(isText),
  body: objectOf({ store: oneOf('opfs', 'indexeddb', 'cache'), key: isText, size: isSize }),
};

const hasRecordFields = objectOf(RECORD);
const hasResponseFields = objectOf(RESPONSE);

export function isRecord(value: unknown): value is FetchRecord {
  if (!hasRecordFields(value)) return false;
  const { files, requests } = value as FetchRecord;
  return files.length > 0 && files.length === requests.length;
}

export function isStoredResponse(value: unknown): value is StoredResponse {
  return hasResponseFields(value);
}
