/** Settles ended fetches: stores their files and sets the record to `done`, `failed` or `aborted`. */
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable, isKeepable, type FileProgress } from '../standard/extras.js';
import { refusalOf } from '../standard/file-response.js';
import { toRequest, type PlainRequest } from '../standard/plain-request.js';
import { adopted } from './adopt.js';
import { readRecord, type StoredResponse } from './database.js';
import { laterResponse } from './later-response.js';
import { withLock, whileStoring, write } from './ledger.js';
import { isActive, isElsewhere, type FetchRecord } from './record.js';
import type { Policy } from './policy.js';
import {
  deleteLeftovers,
  deleteResponse,
  responseFor,
  responsesOf,
  serve,
  storeResponse,
  unverifiedOf,
} from './response-store.js';
import { toAnswer } from './stored-answer.js';
import * as to from './transitions.js';

/**
 * Settles an ended fetch of this scope; resolves with its record, or with undefined if the download was deleted. Can be called twice for the
 * same end.
 */
export function settle(
  registration: BackgroundFetchRegistration,
  policy: Policy,
  scope: string,
): Promise<FetchRecord | undefined> {
  return withLock(registration.id, async () => {
    const known = await readRecord(registration.id);
    if (known && isElsewhere(known, scope)) {
      console.warn(
        `bg-fetch-elements: the end of a fetch "${known.id}" is ignored: the download of this id is of ${known.scope}.`,
      );
      return undefined;
    }
    // An end may arrive late or twice, when the download has been started again.
    if (known && !isOf(known, registration)) return known;
    // A cancelled fetch may end while it can no longer be restored and is not aborted yet.
    const isAborted =
      registration.failureReason === 'aborted' || (known?.status !== 'saving' && known && to.isGone(known, Date.now()));
    if (isAborted) return known && isActive(known) ? write(to.aborted(known, Date.now())) : known;
    const record = known ?? (await adopted(registration, policy, scope));
    if (!record) return undefined;
    if (!known && !isActive(record)) return write(record);
    // All received bytes are stored, whatever progress a page has seen.
    const seen = await write(to.saving(to.noted(record, record.kept + registration.downloaded, 0), Date.now()));
    return write(await whileStoring(() => ended(seen, registration, policy)));
  });
}

/**
 * Returns true if the fetch is of the record's attempt: of the same engine, and not older, as far as the engine says. Records of 0.1 have no
 * scope, and the time of the last start even if that continued an older fetch.
 */
function isOf({ engine, startedAt, scope }: FetchRecord, registration: BackgroundFetchRegistration): boolean {
  if (!isControllable(registration)) return engine === 'native';
  return engine === 'in-page' && (scope === undefined || registration.startedAt >= startedAt);
}

async function ended(record: FetchRecord, registration: BackgroundFetchRegistration, policy: Policy): Promise<FetchRecord> {
  const { failureReason } = registration;
  const files = [...record.files];
  const excess = to.excessOf(record, record.kept + registration.downloaded);
  if (excess) return to.failed(record, record.files, excess, Date.now());
  let failure: to.Failure = {
    reason: failureReason || 'fetch-error',
    ...(isControllable(registration) && { detail: registration.failureDetail, cause: registration.failureCause }),
  };
  try {
    // In Chromium 156 a response beyond the limit reads as an empty success (docs/decisions/0011).
    if (failureReason !== 'download-total-exceeded') {
      const refusal = await store(record, await registration.matchAll(), files, policy);
      if (refusal) failure = { ...failure, reason: failureReason || refusal.reason, detail: failure.detail || refusal.detail };
    }
  } catch (error) {
    failure = { ...to.failureOf(error), cause: 'storage' };
  }
  return concluded(record, files, failure);
}

/** Resolves with the record of an ended download: done, to be verified, or failed. */
export async function concluded(record: FetchRecord, files: readonly FileProgress[], failure: to.Failure): Promise<FetchRecord> {
  const checked = withStored(record, files, await responsesOf(record.id));
  if (!checked.every(({ state }) => state === 'done')) return to.failed(record, checked, failure, Date.now());
  if ((await unverifiedOf(record)).length > 0) return to.verifying(record, files, Date.now());
  await deleteLeftovers(record);
  return to.done(record, files, Date.now());
}

/**
 * Processes the verification of files. Only verified files are passed to the site or served; older files of the download are deleted only if all
 * are verified.
 */
export async function verified(record: FetchRecord, mismatched: ReadonlySet<number>, policy: Policy): Promise<FetchRecord> {
  const files = [...record.files];
  const over: StoredResponse[] = [];
  let failure: to.Failure | undefined;
  for (const stored of await unverifiedOf(record)) {
    const { id, index } = stored;
    const file = files[index] as FileProgress;
    try {
      if (mismatched.has(index)) over.push(stored);
      else {
        const request = toRequest(record.requests[index] as PlainRequest);
        if (policy.store && (await policy.store(await toAnswer(request, stored), { id, index, request }))) {
          files[index] = { ...file, elsewhere: true };
          over.push(stored);
        } else await serve(stored);
      }
    } catch (error) {
      failure = to.failureOf(error);
      files[index] = { ...file, state: 'failed', downloaded: 0 };
      over.push(stored);
    }
  }
  const now = Date.now();
  const next = to.verified({ ...record, files }, mismatched, now);
  const end = await write(failure && next.status === 'done' ? to.failed(record, files, failure, now) : next);
  await Promise.all(over.map(deleteResponse));
  if (end.status === 'done') await deleteLeftovers(end);
  return end;
}

/** Returns the files of a record; a file without a stored response is not done. */
export function withStored(
  record: FetchRecord,
  files: readonly FileProgress[],
  stored: readonly StoredResponse[],
): readonly FileProgress[] {
  return files.map((file, index) =>
    file.state !== 'done' || file.elsewhere || responseFor(record, index, stored)
      ? file
      : { ...file, state: 'failed', downloaded: 0 },
  );
}

/** Stores every response that is a whole file, and updates `files`; resolves with the first failure. Records are in any order (docs/decisions/0011). */
async function store(
  record: FetchRecord,
  responses: readonly BackgroundFetchRecord[],
  files: FileProgress[],
  policy: Policy,
): Promise<to.Failure | undefined> {
  const { id, requests, files: before } = record;
  const left = [...responses];
  let refusal: to.Failure | undefined;
  for (const [index, file] of before.entries()) {
    const { method = 'GET', integrity = '' } = requests[index] ?? {};
    const at = left.findIndex(({ request }) => request.url === file.url && request.method === method);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (!found || file.state === 'done') continue;
    // A failed record rejects its response, with `UnknownError` in Chromium 156 (docs/decisions/0011).
    const first = await found.responseReady.catch(() => undefined);
    const later = first && !isKeepable(found) ? await laterResponse(requests[index] as PlainRequest, first) : undefined;
    const response = later ?? first;
    const status = response?.status ?? 0;
    const refused = response && refusalOf({ url: file.url, method, status, headers: response.headers });
    if (!response || refused) {
      if (refused) refusal ??= { reason: 'bad-status', detail: refused };
      files[index] = { ...file, state: 'failed', status };
    } else if (!integrity && (await policy.store?.(response.clone(), { id, index, request: found.request }))) {
      files[index] = { ...file, state: 'done', status, elsewhere: true };
    } else {
      const whole = later ? { request: found.request, responseReady: Promise.resolve(later) } : found;
      const { size, shortage } = await storeResponse(record, { index, integrity }, whole);
      if (shortage) {
        refusal ??= { reason: 'fetch-error', detail: shortage };
        files[index] = { ...file, state: 'failed', status };
      } else files[index] = { ...file, state: 'done', status, downloaded: size, downloadTotal: size };
    }
  }
  return refusal;
}
