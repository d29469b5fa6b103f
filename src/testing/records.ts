/** Record factories for tests and stories, with defaults for all fields. */
import type { FetchRecord, FetchStatus } from '../manager/record.js';
import type { FileProgress } from '../standard/extras.js';
import type { PlainRequest } from '../standard/plain-request.js';

/** Fields of a record; `urls` are turned into requests. */
export interface RecordParts extends Partial<FetchRecord> {
  readonly urls?: readonly string[];
}

/** Returns a frozen record with these fields; by default a download of 60 MB at 64 %. */
export function createRecord({ urls = ['https://example.com/ep-5.mp3'], ...parts }: RecordParts = {}): FetchRecord {
  const status = parts.status ?? 'downloading';
  const now = Date.now();
  const downloadTotal = parts.downloadTotal ?? 60_000_000;
  const downloaded = parts.downloaded ?? DOWNLOADED[status] * downloadTotal;
  return Object.freeze({
    id: 'ep-5',
    title: 'Episode 5: Interesting things.',
    icons: [],
    requests: urls.map(toPlain),
    kept: 0,
    uploaded: 0,
    uploadTotal: 0,
    ...outcomeOf(status),
    engine: 'in-page',
    files: urls.map((url): FileProgress => ({
      url,
      downloaded: downloaded / urls.length,
      downloadTotal: downloadTotal / urls.length,
      state: 'downloading',
      status: 200,
    })),
    startedAt: now - 60_000,
    changedAt: now,
    ...parts,
    status,
    downloaded,
    downloadTotal,
  });
}

/** Results of the ended statuses. */
export function outcomeOf(status: FetchStatus): Pick<FetchRecord, 'result' | 'failureReason'> {
  if (status === 'done' || status === 'evicted') return { result: 'success', failureReason: '' };
  if (status === 'aborted') return { result: 'failure', failureReason: 'aborted' };
  return status === 'failed' ? { result: 'failure', failureReason: 'fetch-error' } : { result: '', failureReason: '' };
}

/** Default progress of each status. */
const DOWNLOADED: Readonly<Record<FetchStatus, number>> = {
  idle: 0,
  starting: 0,
  queued: 0,
  waiting: 0.12,
  downloading: 0.64,
  stalled: 0.42,
  paused: 0.42,
  saving: 1,
  done: 1,
  failed: 0.42,
  aborted: 0.42,
  evicted: 1,
};

function toPlain(url: string): PlainRequest {
  return {
    url,
    method: 'GET',
    headers: [],
    mode: 'cors',
    credentials: 'same-origin',
    cache: 'default',
    redirect: 'follow',
    referrer: 'about:client',
    referrerPolicy: '',
    integrity: '',
  };
}

/** Returns the records that lead to this one at a constant speed, the record itself last. */
export function steadyCourse(record: FetchRecord, bytesPerSecond: number, seconds = 4): readonly FetchRecord[] {
  const steps = Array.from({ length: seconds }, (_, index) => seconds - index);
  const earlier = steps.map((ago) =>
    Object.freeze({
      ...record,
      downloaded: Math.max(0, record.downloaded - ago * bytesPerSecond),
      changedAt: record.changedAt - ago * 1000,
    }),
  );
  return [...earlier, record];
}
