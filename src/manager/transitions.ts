/** All changes of a record, as pure functions. A change never goes back. `now` is in milliseconds since the epoch. */
import type { BackgroundFetchFailureReason } from '../standard/background-fetch.js';
import type { FailureCause, FileProgress } from '../standard/extras.js';
import type { PlainRequest } from '../standard/plain-request.js';
import type { RegistrationSnapshot } from '../standard/snapshot.js';
import { isActive, isHeld, UNDO_TIME, wasGivenUp, type FetchPlan, type FetchRecord, type FetchStatus } from './record.js';
import { withoutSecrets } from './secrets.js';

/** Failure of a fetch: the standard's reason, and details if known. */
export interface Failure {
  readonly reason: BackgroundFetchFailureReason;
  readonly detail?: string | undefined;
  readonly cause?: FailureCause | undefined;
}

/** Time that the credentials of a failed download are kept for a retry, in milliseconds; its partial files are kept as long. */
const RETRY_TIME = 7 * 24 * 60 * 60 * 1000;

export function failureOf(error: unknown): Failure {
  const { name, message } = error as Error;
  return { reason: name === 'QuotaExceededError' ? 'quota-exceeded' : 'fetch-error', detail: message };
}

/** Returns the failure of a download that received more bytes than the site allows; undefined for any other. */
export function excessOf({ maxSize = Infinity }: FetchRecord, downloaded: number): Failure | undefined {
  if (downloaded <= maxSize) return undefined;
  return { reason: 'download-total-exceeded', detail: `More than ${maxSize} bytes were received, which is the site's limit.` };
}

/**
 * Creates the record of a plan. Files that an earlier attempt at the same URLs stored stay done unless their method or integrity has changed. A
 * download that the browser gave up (a native `fetch-error`) or that waited for the connection keeps its progress.
 */
export function planned(plan: FetchPlan, now: number, before?: FetchRecord): FetchRecord {
  const { requests } = plan;
  const isAgain = before?.status === 'failed' || before?.status === 'paused';
  const again = isAgain && sameUrls(before.files, requests) ? before : undefined;
  const files = requests.map(({ url, method, integrity }, i): FileProgress => {
    const earlier = again?.requests[i];
    const isSame = earlier !== undefined && earlier.method === method && earlier.integrity === integrity;
    const stored = isSame ? again?.files[i] : undefined;
    return stored && isDone(stored) ? stored : { url, downloaded: 0, downloadTotal: 0, state: 'waiting', status: 0 };
  });
  const kept = sum(files.filter(isDone), 'downloaded');
  return {
    ...plan,
    downloadTotal: plan.downloadTotal || (again?.downloadTotal ?? 0),
    isMeasured: plan.downloadTotal > 0 ? undefined : true,
    downloaded: before && (isHeld(before) || (again && wasGivenUp(before))) ? before.downloaded : kept,
    uploaded: 0,
    uploadTotal: requests.reduce((total, { body }) => total + sizeOf(body), 0),
    result: '',
    failureReason: '',
    status: 'starting',
    files,
    kept,
    startedAt: plan.startedAt ?? now,
    changedAt: now,
  };
}

/** Returns the record with the progress of its fetch; unchanged after the end. `moved` is true if the bytes changed since the last snapshot. */
export function progressed(record: FetchRecord, snapshot: RegistrationSnapshot, now: number, moved = true): FetchRecord {
  if (!isActive(record) || record.status === 'saving' || snapshot.result === 'failure') return record;
  const { extras } = snapshot;
  // A cancelled fetch is paused: its status is that to which it is restored.
  const isCancelled = record.discardedAt !== undefined && snapshot.result === '';
  const status = isCancelled ? record.status : statusNow(record, snapshot, moved);
  const next = {
    status,
    downloaded: Math.max(record.downloaded, record.kept + snapshot.downloaded),
    downloadTotal: totalNow(record, snapshot),
    uploaded: Math.max(record.uploaded, snapshot.uploaded),
    uploadTotal: snapshot.uploadTotal || record.uploadTotal,
    waitingFor: extras?.waitingFor,
    waitingUntil: extras?.waitingUntil,
    files: extras ? merged(record.files, extras.files) : status === 'downloading' ? asDownloading(record.files) : record.files,
  };
  const same = (Object.keys(next) as (keyof typeof next)[]).every((key) => next[key] === record[key]);
  return same ? record : { ...record, ...next, changedAt: now };
}

export function stalled(record: FetchRecord): FetchRecord {
  return record.status === 'starting' || record.status === 'downloading' ? { ...record, status: 'stalled' } : record;
}

export function putOnHold(record: FetchRecord, status: 'queued' | 'waiting', waitingFor: FetchRecord['waitingFor']): FetchRecord {
  return isActive(record) && record.status !== 'saving' ? { ...record, status, waitingFor } : record;
}

/** Pauses the record until its visitor resumes it, because the site does not. */
export function pausedForClick(record: FetchRecord, now: number): FetchRecord {
  if (record.status !== 'failed' && !isHeld(record)) return record;
  const open = { result: '', failureReason: '', failureCause: undefined, failureDetail: undefined } as const;
  return { ...record, ...open, status: 'paused', waitingFor: 'click', changedAt: now };
}

export function released(record: FetchRecord, { wifiOnly }: FetchPlan): FetchRecord {
  return { ...record, wifiOnly, status: 'starting', waitingFor: undefined };
}

/** Returns the record with the progress or total reported by a page. */
export function noted(record: FetchRecord, downloaded: number, downloadTotal: number): FetchRecord {
  const total = record.downloadTotal || downloadTotal;
  if (!isActive(record) || (downloaded <= record.downloaded && total === record.downloadTotal)) return record;
  const status = record.status === 'starting' && downloaded > 0 ? 'downloading' : record.status;
  const isMeasured = total === record.downloadTotal ? record.isMeasured : true;
  return { ...record, status, downloaded: Math.max(record.downloaded, downloaded), downloadTotal: total, isMeasured };
}

export function saving(record: FetchRecord, now: number): FetchRecord {
  return ended({ ...record, status: 'saving' }, now);
}

/** Returns the record as saving with all files stored, some of which must be verified. */
export function verifying(record: FetchRecord, files: readonly FileProgress[], now: number): FetchRecord {
  return { ...saving(record, now), files, verifying: true };
}

/** Changes the record after verification to done, or to failed if a file has another hash. */
export function verified(record: FetchRecord, mismatched: ReadonlySet<number>, now: number): FetchRecord {
  if (mismatched.size === 0) return done(record, record.files, now);
  const bad: string[] = [];
  const files = record.files.map((file, i): FileProgress => {
    if (!mismatched.has(i)) return file;
    bad.push(file.url);
    return { ...file, downloaded: 0, state: 'failed' };
  });
  const detail = `Not the file that was expected: ${bad.join(', ')}`;
  return failed(record, files, { reason: 'fetch-error', detail, cause: 'integrity' }, now);
}

/** Returns the record as done, without credentials. */
export function done(record: FetchRecord, files: readonly FileProgress[], now: number): FetchRecord {
  const size = sum(files, 'downloaded');
  return ended(
    {
      ...withoutSecrets(record),
      ...{ files, downloaded: size, downloadTotal: size, result: 'success', failureReason: '', status: 'done' },
    },
    now,
  );
}

/** Returns the record as failed; `files` that are stored stay done. */
export function failed(record: FetchRecord, files: readonly FileProgress[], failure: Failure, now: number): FetchRecord {
  const { reason, detail, cause } = failure;
  if (reason === 'aborted') return aborted(record, now);
  const why = { failureReason: reason, failureDetail: detail, failureCause: cause };
  return ended({ ...record, files, result: 'failure', ...why, status: 'failed' }, now);
}

export function aborted(record: FetchRecord, now: number): FetchRecord {
  return ended({ ...record, result: 'failure', failureReason: 'aborted', status: 'aborted', discardedAt: undefined }, now);
}

export function evicted(record: FetchRecord, now: number): FetchRecord {
  return record.status === 'done' ? { ...record, status: 'evicted', changedAt: now } : record;
}

/** Removes credentials that are no longer needed: the download is stored, or it ended a week ago. */
export function forgotten(record: FetchRecord, now: number): FetchRecord {
  const { status, changedAt } = record;
  const isOver = status === 'done' || status === 'evicted' || (!isActive(record) && now - changedAt > RETRY_TIME);
  return isOver ? withoutSecrets(record) : record;
}

/** Changes an evicted record to done, because its files are available again. */
export function healed(record: FetchRecord, now: number): FetchRecord {
  return record.status === 'evicted' ? { ...record, status: 'done', changedAt: now } : record;
}

/** Sets the time when the record was first seen to be too old, so that a wrong clock deletes nothing. */
export function aged(record: FetchRecord, maxAge: number, now: number): FetchRecord {
  const { agedAt, changedAt } = record;
  const isOld = !isActive(record) && now - changedAt > maxAge;
  if (!isOld) return agedAt === undefined ? record : { ...record, agedAt: undefined };
  return agedAt !== undefined && agedAt <= now ? record : { ...record, agedAt: now };
}

export function discarded(record: FetchRecord, now: number): FetchRecord {
  return { ...record, discardedAt: now };
}

export function restored(record: FetchRecord): FetchRecord {
  return { ...record, discardedAt: undefined };
}

/** Returns true once a removed or cancelled download can no longer be restored, also if the clock was set back. */
export function isGone({ discardedAt }: FetchRecord, now: number): boolean {
  return discardedAt !== undefined && Math.abs(now - discardedAt) >= UNDO_TIME;
}

/**
 * Returns the newer state of the page's and the manager's record: the page's progress and an end are not replaced by older values. For a failed
 * in-page download the manager's size is used, because the page may have seen bytes that were not stored.
 */
export function reconciled(local: FetchRecord | undefined, remote: FetchRecord): FetchRecord {
  if (!local || local.startedAt !== remote.startedAt || local.engine !== remote.engine) return remote;
  // An answer may arrive after a later announcement.
  if (!isActive(local)) return isActive(remote) && !(isHeld(remote) && remote.changedAt > local.changedAt) ? local : remote;
  if (remote.status === 'done' || isHeld(remote)) return remote;
  const atRest = remote.status === 'failed' && remote.engine === 'in-page';
  const seen = {
    downloaded: atRest ? remote.downloaded : Math.max(local.downloaded, remote.downloaded),
    downloadTotal: local.downloadTotal || remote.downloadTotal,
  };
  if (remote.status === 'saving' || !isActive(remote)) return { ...remote, ...seen };
  const { status, waitingFor, waitingUntil, files, changedAt } = local;
  return {
    ...remote,
    ...seen,
    ...{ status, waitingFor, waitingUntil, files, changedAt },
    uploaded: Math.max(local.uploaded, remote.uploaded),
  };
}

function ended(record: FetchRecord, now: number): FetchRecord {
  return { ...record, waitingFor: undefined, waitingUntil: undefined, verifying: undefined, changedAt: now };
}

function statusNow(
  record: FetchRecord,
  { result, downloaded, uploaded, extras }: RegistrationSnapshot,
  moved: boolean,
): FetchStatus {
  if (result === 'success') return 'saving';
  const begun = downloaded > 0 || uploaded > 0;
  switch (extras?.state) {
    case 'queued':
      if (extras.waitingFor === 'turn') return 'queued';
      // Its next request is not sent yet.
      return begun ? 'downloading' : record.status;
    case 'waiting':
    case 'stalled':
    case 'paused':
      return extras.state;
    case 'settled':
      return 'saving';
    case 'downloading':
      return begun || record.status === 'queued' || record.status === 'downloading' ? 'downloading' : 'starting';
    case undefined:
      return begun && (moved || record.status !== 'stalled') ? 'downloading' : record.status;
  }
}

/** Returns the total of the site, or the sum of all files. */
function totalNow(record: FetchRecord, { downloadTotal, extras }: RegistrationSnapshot): number {
  if (downloadTotal > 0) return record.kept + downloadTotal;
  const files = extras?.files ?? [];
  const known = files.length > 0 && files.every((file) => file.downloadTotal > 0 || file.state === 'done');
  return known ? record.kept + sum(files, 'downloadTotal') : record.downloadTotal;
}

function merged(files: readonly FileProgress[], news: readonly FileProgress[]): readonly FileProgress[] {
  const left = [...news];
  const next = files.map((file) => {
    const at = left.findIndex(({ url }) => url === file.url);
    return isDone(file) || at < 0 ? file : (left.splice(at, 1)[0] ?? file);
  });
  const same = next.every(
    (file, i) =>
      file.downloaded === files[i]?.downloaded && file.state === files[i].state && file.downloadTotal === files[i].downloadTotal,
  );
  return same ? files : next;
}

/** Returns all files as downloading: the native engine does not report the current one. */
function asDownloading(files: readonly FileProgress[]): readonly FileProgress[] {
  if (files.every(({ state }) => state !== 'waiting')) return files;
  return files.map((file) => (file.state === 'waiting' ? { ...file, state: 'downloading' } : file));
}

function sizeOf(body: PlainRequest['body']): number {
  return body instanceof ArrayBuffer ? body.byteLength : (body?.size ?? 0);
}

/** Returns true for the same URLs in the same order. */
export function sameUrls(a: readonly { url: string }[], b: readonly { url: string }[]): boolean {
  return a.length === b.length && a.every(({ url }, i) => url === b[i]?.url);
}

function isDone({ state }: FileProgress): boolean {
  return state === 'done';
}

function sum(files: readonly FileProgress[], key: 'downloaded' | 'downloadTotal'): number {
  return files.reduce((total, file) => total + file[key], 0);
}
