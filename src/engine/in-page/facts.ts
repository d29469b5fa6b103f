/** What a registration says, worked out from its fetch and how far each of its records is. */
import { sizeAtRest } from '../../bytes/bodies.js';
import type { FileProgress, TransferState, WaitingFor } from '../../standard/extras.js';
import type { RegistrationSnapshot } from '../../standard/snapshot.js';
import { readRecords, type JournalFetch, type JournalRecord } from './journal.js';

/** Everything of a registration that changes. */
export interface RegistrationFacts extends RegistrationSnapshot {
  readonly recordsAvailable: boolean;
  readonly extras: NonNullable<RegistrationSnapshot['extras']>;
}

/** How far one record is. */
export interface Line {
  readonly record: JournalRecord;
  readonly size: number;
  readonly state: 'waiting' | 'downloading';
  readonly waitingFor?: WaitingFor | undefined;
  readonly waitingUntil?: number | undefined;
  /** Nothing has come for a while. */
  readonly silent?: boolean;
}

/** Hears what has changed of a line. */
export type Tell = (change: Partial<Line>) => void;

/** What the transfer does, and what it waits for. */
export interface TransferFacts {
  readonly state: TransferState;
  readonly waitingFor?: WaitingFor | undefined;
  readonly waitingUntil?: number | undefined;
}

/** The records of a fetch as they are at rest. */
export async function linesAtRest(uid: string): Promise<Line[]> {
  const records = await readRecords(uid);
  return Promise.all(records.map(async (record) => ({ record, size: await sizeOf(record), state: 'waiting' as const })));
}

/** How many bytes of a record's body are at rest. */
export async function sizeOf({ body, result }: JournalRecord): Promise<number> {
  return body ? (result === '' ? sizeAtRest(body.key) : body.size) : 0;
}

/** What a fetch does while nothing moves. */
export function stateAtRest({ active, paused }: JournalFetch): TransferFacts {
  if (active === undefined) return { state: 'settled' };
  return paused ? { state: 'paused' } : { state: 'queued', waitingFor: 'turn' };
}

/** Puts together what there is to say. */
export function toFacts(fetch: JournalFetch, lines: readonly Line[], transfer = stateAtRest(fetch)): RegistrationFacts {
  const { downloadTotal, uploadTotal, result, failureReason, failureDetail } = fetch;
  const { state, waitingFor, waitingUntil } = transfer;
  return {
    downloaded: sum(lines, ({ size }) => size),
    downloadTotal,
    uploaded: sum(lines, ({ record }) => record.uploaded),
    uploadTotal,
    result,
    failureReason,
    recordsAvailable: true,
    extras: { state, waitingFor, waitingUntil, files: lines.map(toFile), failureDetail },
  };
}

function toFile({ record, size, state }: Line): FileProgress {
  const { request, head, length, result } = record;
  return {
    url: request.url,
    downloaded: size,
    downloadTotal: length,
    state: result === '' ? state : result === 'success' ? 'done' : 'failed',
    status: head?.status ?? 0,
  };
}

/** Adds up one number of each. */
export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
