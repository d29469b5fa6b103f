/** The engine's journal: every fetch that has not been seen to its end, so that any later page can go on with it. */
import { openDatabase, requested } from '../../bytes/indexed-db.js';
import type { StoredBody } from '../../bytes/stored-body.js';
import type { BackgroundFetchFailureReason, BackgroundFetchResult, ImageResource } from '../../standard/background-fetch.js';
import type { PlainRequest } from '../../standard/plain-request.js';

/** A fetch as the journal has it. */
export interface JournalFetch {
  readonly uid: string;
  readonly scope: string;
  readonly id: string;
  /** The scope once more while the fetch is active; undefined from its end on, so that the id is free again. */
  readonly active?: string | undefined;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly downloadTotal: number;
  readonly uploadTotal: number;
  readonly startedAt: number;
  readonly paused: boolean;
  /** Higher goes first among those that queue; 0 when it is missing. */
  readonly priority?: number;
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
  readonly headers: [string, string][];
}

/** One header of a message; null when it is not there. */
export function headerOf({ headers }: Pick<PlainRequest, 'headers'>, name: string): string | null {
  return new Headers(headers as [string, string][]).get(name);
}

/** One request of a fetch and what became of it. */
export interface JournalRecord {
  readonly uid: string;
  readonly index: number | string;
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
  /** When its fetch failed, where only the part that came is left, in milliseconds since the epoch. */
  readonly leftAt?: number;
}

/** How one record ended; empty while it runs. */
export type RecordResult = BackgroundFetchFailureReason | 'success';

/** The database itself. */
export const journal = openDatabase<{ fetches: JournalFetch; records: JournalRecord }>('bg-fetch-journal', 1, (database) => {
  const fetches = database.createObjectStore('fetches', { keyPath: 'uid' });
  fetches.createIndex('active', ['active', 'id'], { unique: true });
  fetches.createIndex('scope', 'scope');
  database.createObjectStore('records', { keyPath: ['uid', 'index'] });
});

/** Writes a new fetch with its records, each with what is left of it; rejects with `ConstraintError` when its id is active already. */
export async function addFetch(fetch: JournalFetch, added: readonly JournalRecord[]): Promise<void> {
  await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    await requested(fetches.add(fetch));
    for (const record of added) {
      const place = [leftIn(fetch.scope), record.request.url];
      const left = await requested(records.get(place));
      records.delete(place);
      records.add(left ? { ...record, head: left.head, body: left.body, length: left.length } : record);
    }
  });
}

/** Where the records are whose fetch has failed, by their URL. */
export function leftIn(scope: string): string {
  return `left ${scope}`;
}

/** Reads one fetch. */
export function readFetch(uid: string): Promise<JournalFetch | undefined> {
  return journal(['fetches'], 'readonly', (fetches) => fetches.get(uid));
}

/** Lists every fetch of a scope that is not forgotten yet, in the order of their start. */
export async function listFetches(scope: string): Promise<JournalFetch[]> {
  const found = await journal(['fetches'], 'readonly', (fetches) => fetches.index('scope').getAll(scope));
  return found.sort((a, b) => a.startedAt - b.startedAt);
}

/** Changes a fetch in one transaction; `change` returns undefined to leave it. Gives what is there afterwards. */
export function changeFetch(
  uid: string,
  change: (fetch: JournalFetch) => JournalFetch | undefined,
): Promise<JournalFetch | undefined> {
  return journal(['fetches'], 'readwrite', async (fetches) => {
    const before = await requested(fetches.get(uid));
    const after = before && change(before);
    if (after) fetches.put(after);
    return after ?? before;
  });
}

/** Reads the records of a fetch in the order of its requests. */
export function readRecords(uid: string): Promise<JournalRecord[]> {
  return journal(['records'], 'readonly', (records) => records.getAll(recordsOf(uid)));
}

/** Reads one record. */
export function readRecord({ uid, index }: JournalRecord): Promise<JournalRecord | undefined> {
  return journal(['records'], 'readonly', (records) => records.get([uid, index]));
}

/** Writes one record, unless its fetch has been forgotten meanwhile. */
export async function writeRecord(record: JournalRecord): Promise<void> {
  await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    if ((await requested(fetches.getKey(record.uid))) !== undefined) records.put(record);
  });
}

/** Forgets a fetch and its records, but for the parts that the next fetch of the same can add to; once, whoever comes first. */
export async function forgetFetch({ uid, scope }: JournalFetch, parts: readonly JournalRecord[]): Promise<void> {
  await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    if ((await requested(fetches.getKey(uid))) === undefined) return;
    for (const part of parts) records.put({ ...part, uid: leftIn(scope), index: part.request.url, leftAt: Date.now() });
    fetches.delete(uid);
    records.delete(recordsOf(uid));
  });
}

/** Forgets parts that nobody has asked for since this moment. */
export async function forgetLeft(before: number): Promise<void> {
  await journal(['records'], 'readwrite', async (records) => {
    for (const { uid, index, leftAt = before } of await requested(records.getAll())) {
      if (leftAt < before) records.delete([uid, index]);
    }
  });
}

/** Names every body that any fetch of the origin still speaks of. */
export async function listBodyKeys(): Promise<Set<string>> {
  const all = await journal(['records'], 'readonly', (records) => records.getAll());
  return new Set(all.flatMap(({ body }) => (body ? [body.key] : [])));
}

function recordsOf(uid: string): IDBKeyRange {
  return IDBKeyRange.bound([uid, 0], [uid, Infinity]);
}
