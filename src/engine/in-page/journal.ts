/** The engine's journal: every fetch that has not been seen to its end, so that any later page can go on with it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { StoredBody } from '../../bytes/stored-body.js';
import type { BackgroundFetchFailureReason, BackgroundFetchResult, ImageResource } from '../../standard/background-fetch.js';
import type { PlainRequest } from '../../standard/plain-request.js';

/** A fetch as the journal has it. */
export interface JournalFetch {
  readonly uid: string;
  readonly scope: string;
  readonly id: string;
  /** The scope once more while the fetch is active; absent from its end on, so that the id is free again. */
  readonly active?: string;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly downloadTotal: number;
  readonly uploadTotal: number;
  readonly startedAt: number;
  readonly paused: boolean;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly failureDetail: string;
}

/** The head of a response: all but its body. */
export interface ResponseHead {
  readonly url: string;
  readonly type: ResponseType;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** One request of a fetch and what became of it. */
export interface JournalRecord {
  readonly uid: string;
  readonly index: number;
  readonly request: PlainRequest;
  /** The request's body; bytes, because not every IndexedDB holds Blobs. */
  readonly requestBody?: ArrayBuffer;
  readonly uploaded: number;
  /** Set before a request that must not be sent twice leaves. */
  readonly sent?: true;
  /** The server does not want to be asked before, in milliseconds since the epoch. */
  readonly retryAt?: number | undefined;
  readonly head?: ResponseHead | undefined;
  /** Where the response's body rests; `size` is final once `result` is set. */
  readonly body?: StoredBody | undefined;
  /** Size of the whole body where the server said it, else 0. */
  readonly length: number;
  readonly result: RecordResult;
  readonly detail: string;
}

/** How one record ended; empty while it runs. */
export type RecordResult = BackgroundFetchFailureReason | 'success';

interface JournalSchema extends DBSchema {
  fetches: { key: string; value: JournalFetch; indexes: { active: [scope: string, id: string]; scope: string } };
  records: { key: [uid: string, index: number]; value: JournalRecord };
}

let opened: Promise<IDBPDatabase<JournalSchema>> | undefined;

function journal(): Promise<IDBPDatabase<JournalSchema>> {
  opened ??= openDB<JournalSchema>('bg-fetch-journal', 1, {
    upgrade(database) {
      const fetches = database.createObjectStore('fetches', { keyPath: 'uid' });
      fetches.createIndex('active', ['active', 'id'], { unique: true });
      fetches.createIndex('scope', 'scope');
      database.createObjectStore('records', { keyPath: ['uid', 'index'] });
    },
    blocking: forget,
    terminated: forget,
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function forget(): void {
  void opened?.then((database) => database.close());
  opened = undefined;
}

/** Writes a new fetch with its records; rejects with `ConstraintError` when its id is active already. */
export async function addFetch(fetch: JournalFetch, records: readonly JournalRecord[]): Promise<void> {
  const transaction = (await journal()).transaction(['fetches', 'records'], 'readwrite');
  const writes = [
    transaction.objectStore('fetches').add(fetch),
    ...records.map((record) => transaction.objectStore('records').add(record)),
  ];
  await Promise.all([...writes, transaction.done]);
}

/** Reads one fetch. */
export async function readFetch(uid: string): Promise<JournalFetch | undefined> {
  return (await journal()).get('fetches', uid);
}

/** Finds the active fetch with this id. */
export async function findActive(scope: string, id: string): Promise<JournalFetch | undefined> {
  return (await journal()).getFromIndex('fetches', 'active', [scope, id]);
}

/** Lists the active fetches of a scope in the order of their start. */
export async function listActive(scope: string): Promise<JournalFetch[]> {
  return (await listFetches(scope)).filter(({ active }) => active !== undefined);
}

/** Lists every fetch of a scope that is not forgotten yet, in the order of their start. */
export async function listFetches(scope: string): Promise<JournalFetch[]> {
  const fetches = await (await journal()).getAllFromIndex('fetches', 'scope', scope);
  return fetches.sort((a, b) => a.startedAt - b.startedAt);
}

/** Changes a fetch in one transaction; `change` returns undefined to leave it. Gives what is there afterwards. */
export async function changeFetch(
  uid: string,
  change: (fetch: JournalFetch) => JournalFetch | undefined,
): Promise<JournalFetch | undefined> {
  const transaction = (await journal()).transaction('fetches', 'readwrite');
  const before = await transaction.store.get(uid);
  const after = before && change(before);
  if (after) await transaction.store.put(after);
  await transaction.done;
  return after ?? before;
}

/** Reads the records of a fetch in the order of its requests. */
export async function readRecords(uid: string): Promise<JournalRecord[]> {
  return (await journal()).getAll('records', recordsOf(uid));
}

/** Reads one record. */
export async function readRecord(uid: string, index: number): Promise<JournalRecord | undefined> {
  return (await journal()).get('records', [uid, index]);
}

/** Writes one record, unless its fetch has been forgotten meanwhile. */
export async function writeRecord(record: JournalRecord): Promise<void> {
  const transaction = (await journal()).transaction(['fetches', 'records'], 'readwrite');
  const known = await transaction.objectStore('fetches').getKey(record.uid);
  if (known !== undefined) await transaction.objectStore('records').put(record);
  await transaction.done;
}

/** Forgets a fetch and its records. */
export async function forgetFetch(uid: string): Promise<void> {
  const transaction = (await journal()).transaction(['fetches', 'records'], 'readwrite');
  await Promise.all([
    transaction.objectStore('fetches').delete(uid),
    transaction.objectStore('records').delete(recordsOf(uid)),
    transaction.done,
  ]);
}

/** Names every body that any fetch of the origin still speaks of. */
export async function listBodyKeys(): Promise<Set<string>> {
  const records = await (await journal()).getAll('records');
  return new Set(records.flatMap(({ body }) => (body ? [body.key] : [])));
}

function recordsOf(uid: string): IDBKeyRange {
  return IDBKeyRange.bound([uid, 0], [uid, Infinity]);
}
