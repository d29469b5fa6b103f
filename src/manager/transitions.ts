/** Every way a record may change: pure, total, never backwards. `now` is in milliseconds since the epoch. */
import type { BackgroundFetchFailureReason } from '../standard/background-fetch.js';
import type { FileProgress } from '../standard/extras.js';
import type { RegistrationSnapshot } from '../standard/snapshot.js';
import { isActive, isHeld, UNDO_TIME, wasGivenUp, type FetchPlan, type FetchRecord, type FetchStatus } from './record.js';

/** How a fetch failed, in the standard's word and, where more is known, in a sentence. */
export interface Failure {
  readonly reason: BackgroundFetchFailureReason;
  readonly detail?: string | undefined;
}

/** What an error says of a fetch that it ended. */
export function failureOf(error: unknown): Failure {
  const { name, message } = error as Error;
  return { reason: name === 'QuotaExceededError' ? 'quota-exceeded' : 'fetch-error', detail: message };
}

/**
 * A record for a plan. Files that an earlier attempt at the same requests stored stay done and are not asked for again.
 * What the browser gave up by itself (a native `fetch-error`), or waited for the line, is not shown to begin at nothing again.
 */
export function planned(plan: FetchPlan, now: number, before?: FetchRecord): FetchRecord {
  const { requests } = plan;
  const again = before?.status === 'failed' && sameUrls(before.files, requests) ? before : undefined;
  const files = requests.map(({ url }, i): FileProgress => {
    const stored = again?.files[i];
    return stored && isDone(stored) ? stored : { url, downloaded: 0, downloadTotal: 0, state: 'waiting', status: 0 };
  });
  const kept = sum(files.filter(isDone), 'downloaded');
  return {
    ...plan,
    downloadTotal: plan.downloadTotal || (again?.downloadTotal ?? 0),
    downloaded: before && (isHeld(before) || (again && wasGivenUp(before))) ? before.downloaded : kept,
    uploaded: 0,
    // Of a body that is kept as bytes the engine tells how many.
    uploadTotal: requests.reduce((total, { body }) => total + ((body as Blob | undefined)?.size ?? 0), 0),
    result: '',
    failureReason: '',
    status: 'starting',
    files,
    kept,
    startedAt: plan.startedAt ?? now,
    changedAt: now,
  };
}

/** The fetch said where it is. After the end that is no news; `moved` tells that its bytes are not those of the last look. */
export function progressed(record: FetchRecord, snapshot: RegistrationSnapshot, now: number, moved = true): FetchRecord {
  if (!isActive(record) || record.status === 'saving' || snapshot.result === 'failure') return record;
  const { extras } = snapshot;
  const status = statusNow(record, snapshot, moved);
  const next = {
    status,
    downloaded: Math.max(record.downloaded, record.kept + snapshot.downloaded),
    downloadTotal: totalNow(record, snapshot),
    uploaded: Math.max(record.uploaded, snapshot.uploaded),
    uploadTotal: snapshot.uploadTotal || record.uploadTotal,
    waitingFor: extras?.waitingFor,
    waitingUntil: extras?.waitingUntil,
    files: extras ? merged(record.files, extras.files) : status === 'downloading' ? onTheirWay(record.files) : record.files,
  };
  const same = (Object.keys(next) as (keyof typeof next)[]).every((key) => next[key] === record[key]);
  return same ? record : { ...record, ...next, changedAt: now };
}

/** Nothing has come for a while. */
export function stalled(record: FetchRecord): FetchRecord {
  return record.status === 'starting' || record.status === 'downloading' ? { ...record, status: 'stalled' } : record;
}

/** It waits for something before the fetch can start, or go on. */
export function held(record: FetchRecord, status: 'queued' | 'waiting', waitingFor: FetchRecord['waitingFor']): FetchRecord {
  return isActive(record) && record.status !== 'saving' ? { ...record, status, waitingFor } : record;
}

/** It waits no more. */
export function released(record: FetchRecord, { wifiOnly }: FetchPlan): FetchRecord {
  return { ...record, wifiOnly, status: 'starting', waitingFor: undefined };
}

/** A page says how far it saw it come, or how large the server says it is. */
export function noted(record: FetchRecord, downloaded: number, downloadTotal: number): FetchRecord {
  const total = record.downloadTotal || downloadTotal;
  if (!isActive(record) || (downloaded <= record.downloaded && total === record.downloadTotal)) return record;
  const status = record.status === 'starting' && downloaded > 0 ? 'downloading' : record.status;
  return { ...record, status, downloaded: Math.max(record.downloaded, downloaded), downloadTotal: total };
}

/** The bytes are here and are being stored. */
export function saving(record: FetchRecord, now: number): FetchRecord {
  return ended({ ...record, status: 'saving' }, now);
}

/** Every file is stored; some of them have to be held against their hashes before they are served. */
export function verifying(record: FetchRecord, files: readonly FileProgress[], now: number): FetchRecord {
  return { ...saving(record, now), files, verifying: true };
}

/** The files were held against their hashes. Those that have another are gone, and the download has failed. */
export function verified(record: FetchRecord, mismatched: ReadonlySet<number>, now: number): FetchRecord {
  if (mismatched.size === 0) return done(record, record.files, now);
  const bad: string[] = [];
  const files = record.files.map((file, i): FileProgress => {
    if (!mismatched.has(i)) return file;
    bad.push(file.url);
    return { ...file, downloaded: 0, state: 'failed' };
  });
  const detail = `Not the file that was expected: ${bad.join(', ')}`;
  return { ...failed(record, files, { reason: 'fetch-error', detail }, now), failureCause: 'integrity' };
}

/** Every file is stored and can be served. */
export function done(record: FetchRecord, files: readonly FileProgress[], now: number): FetchRecord {
  const size = sum(files, 'downloaded');
  return ended(
    { ...record, files, downloaded: size, downloadTotal: size, result: 'success', failureReason: '', status: 'done' },
    now,
  );
}

/** The fetch failed; `files` says which of them are stored all the same. */
export function failed(record: FetchRecord, files: readonly FileProgress[], failure: Failure, now: number): FetchRecord {
  const { reason, detail } = failure;
  if (reason === 'aborted') return aborted(record, now);
  return ended({ ...record, files, result: 'failure', failureReason: reason, failureDetail: detail, status: 'failed' }, now);
}

/** Somebody stopped it: the page, or the person in the browser's own interface. */
export function aborted(record: FetchRecord, now: number): FetchRecord {
  return ended({ ...record, result: 'failure', failureReason: 'aborted', status: 'aborted' }, now);
}

/** Stored bytes are no longer there. */
export function evicted(record: FetchRecord, now: number): FetchRecord {
  return record.status === 'done' ? { ...record, status: 'evicted', changedAt: now } : record;
}

/** Taken away; can be restored for a while. */
export function discarded(record: FetchRecord, now: number): FetchRecord {
  return { ...record, discardedAt: now };
}

/** Brought back. */
export function restored(record: FetchRecord): FetchRecord {
  return { ...record, discardedAt: undefined };
}

/** True once a discarded download can no longer be restored. */
export function isGone({ discardedAt }: FetchRecord, now: number): boolean {
  return discardedAt !== undefined && now - discardedAt >= UNDO_TIME;
}

/**
 * The newer of what this page knows and what the manager says; a page's own progress is not lost to an older fact, nor is an end. How much
 * is at rest of what failed in the page is the manager's to say: of that, the page had seen more come.
 */
export function reconciled(local: FetchRecord | undefined, remote: FetchRecord): FetchRecord {
  if (!local || local.startedAt !== remote.startedAt || local.engine !== remote.engine) return remote;
  // An answer can be overtaken by what was announced after it.
  if (!isActive(local)) return isActive(remote) ? local : remote;
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
    case 'queued': // Nobody moves it yet; only the one who does knows whether it has to wait for its turn.
      return extras.waitingFor === 'turn' ? 'queued' : record.status;
    case 'waiting':
    case 'stalled':
    case 'paused':
      return extras.state;
    case 'settled':
      return 'saving';
    case 'downloading':
      return begun ? 'downloading' : 'starting';
    case undefined:
      return begun && (moved || record.status !== 'stalled') ? 'downloading' : record.status;
  }
}

/** What the site gave, or what the server says of every file. */
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

/** The browser's own engine does not say which file it is at. */
function onTheirWay(files: readonly FileProgress[]): readonly FileProgress[] {
  if (files.every(({ state }) => state !== 'waiting')) return files;
  return files.map((file) => (file.state === 'waiting' ? { ...file, state: 'downloading' } : file));
}

function sameUrls(a: readonly { url: string }[], b: readonly { url: string }[]): boolean {
  return a.length === b.length && a.every(({ url }, i) => url === b[i]?.url);
}

function isDone({ state }: FileProgress): boolean {
  return state === 'done';
}

function sum(files: readonly FileProgress[], key: 'downloaded' | 'downloadTotal'): number {
  return files.reduce((total, file) => total + file[key], 0);
}
