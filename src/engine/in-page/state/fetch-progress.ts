/** Derives the attributes of a registration from its fetch and the progress of its records. */
import { committedSize } from '../../../bytes/bodies.js';
import type { FileProgress, TransferState, WaitingFor } from '../../../standard/extras.js';
import type { RegistrationSnapshot } from '../../../standard/snapshot.js';
import { isActive, readRecords, type JournalFetch, type JournalRecord } from './journal.js';

/** All attributes of a registration that change. */
export interface RegistrationFacts extends RegistrationSnapshot {
  readonly recordsAvailable: boolean;
  readonly extras: NonNullable<RegistrationSnapshot['extras']>;
}

/** Progress of one record. */
export interface RecordProgress {
  readonly record: JournalRecord;
  readonly size: number;
  readonly state: 'waiting' | 'downloading';
  readonly waitingFor?: WaitingFor | undefined;
  readonly waitingUntil?: number | undefined;
  /** True if no byte arrived for a while. */
  readonly silent?: boolean;
}

/** Called with the changes of a line. */
export type ReportProgress = (change: Partial<RecordProgress>) => void;

/** State of the transfer, and its reason for waiting. */
export interface TransferStatus {
  readonly state: TransferState;
  readonly waitingFor?: WaitingFor | undefined;
  readonly waitingUntil?: number | undefined;
}

/** Resolves with the stored records of a fetch. */
export async function readProgress(uid: string): Promise<RecordProgress[]> {
  const records = await readRecords(uid);
  return Promise.all(records.map(async (record) => ({ record, size: await sizeOf(record), state: 'waiting' as const })));
}

/** Resolves with the number of stored bytes of a record's body. */
export async function sizeOf({ body, result }: JournalRecord): Promise<number> {
  return body ? (result === '' ? committedSize(body.key) : body.size) : 0;
}

/** Returns the state of a fetch while it has no transfer. */
export function idleStatus(fetch: JournalFetch): TransferStatus {
  if (!isActive(fetch)) return { state: 'settled' };
  return { state: fetch.paused ? 'paused' : 'queued' };
}

export function toFacts(fetch: JournalFetch, lines: readonly RecordProgress[], transfer = idleStatus(fetch)): RegistrationFacts {
  const { downloadTotal, uploadTotal, result, failureReason, failureDetail, failureCause } = fetch;
  const { state, waitingFor, waitingUntil } = transfer;
  return {
    downloaded: sum(lines, ({ size }) => size),
    downloadTotal,
    uploaded: sum(lines, ({ record }) => record.uploaded),
    uploadTotal,
    result,
    failureReason,
    recordsAvailable: true,
    extras: { state, waitingFor, waitingUntil, files: lines.map(toFile), failureDetail, failureCause },
  };
}

function toFile({ record, size, state }: RecordProgress): FileProgress {
  const { request, head, length, result } = record;
  // On another origin, the length of an encoded body cannot be distinguished from that of the file.
  const isKnown = result === 'success' ? size === length : size <= length;
  return {
    url: request.url,
    downloaded: size,
    downloadTotal: isKnown ? length : 0,
    state: result === '' ? state : result === 'success' ? 'done' : 'failed',
    status: head?.status ?? 0,
  };
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
