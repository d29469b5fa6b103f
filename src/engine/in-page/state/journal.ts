/** The engine's database: every fetch whose end is not settled, so that a later page can resume it. */
import { openDatabase, requested, type Store } from '../../../bytes/indexed-db.js';
import { isJournalFetch, isJournalRecord, type JournalFetch, type JournalRecord } from './journal-rows.js';

export {
  headerOf,
  INACTIVE,
  isActive,
  type JournalFetch,
  type JournalRecord,
  type RecordResult,
  type ResponseHead,
} from './journal-rows.js';

/** Runs a transaction on `fetches` and `records`. */
export const journal = openDatabase<{ fetches: JournalFetch; records: JournalRecord }>('bg-fetch-journal', 1, (database) => {
  const fetches = database.createObjectStore('fetches', { keyPath: 'uid' });
  fetches.createIndex('active', ['active', 'id'], { unique: true });
  fetches.createIndex('scope', 'scope');
  database.createObjectStore('records', { keyPath: ['uid', 'index'] });
});

/**
 * Adds a fetch with its records, each with its partial body of an earlier failure. Replaces a damaged row of the same id. Rejects with
 * `ConstraintError` if the id is active.
 */
export async function addFetch(fetch: JournalFetch, added: readonly JournalRecord[]): Promise<void> {
  await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    const taken: Partial<JournalFetch> | undefined = await requested(fetches.index('active').get([fetch.scope, fetch.id]));
    if (taken?.uid !== undefined && !isJournalFetch(taken)) deleteRows(taken.uid, fetches, records);
    await requested(fetches.add(fetch));
    for (const record of added) {
      const place = [partialBodiesOf(fetch.scope), record.request.url];
      const left = await requested(records.get(place));
      records.delete(place);
      records.add(isJournalRecord(left) ? { ...record, head: left.head, body: left.body, length: left.length } : record);
    }
  });
}

/** Returns the `uid` of records of failed fetches, whose index is their URL. */
export function partialBodiesOf(scope: string): string {
  return `left ${scope}`;
}

/** Reads one fetch; a damaged row reads as none. */
export async function readFetch(uid: string): Promise<JournalFetch | undefined> {
  const row = await journal(['fetches'], 'readonly', (fetches) => fetches.get(uid));
  return isJournalFetch(row) ? row : undefined;
}

/** Resolves with all fetches of a scope in the order of their start, without damaged rows. */
export async function listFetches(scope: string): Promise<JournalFetch[]> {
  const found = await journal(['fetches'], 'readonly', (fetches) => fetches.index('scope').getAll(scope));
  return found.filter(isJournalFetch).sort((a, b) => a.startedAt - b.startedAt);
}

/** Changes a fetch in one transaction, unless `change` returns undefined. Resolves with the stored fetch. */
export function changeFetch(
  uid: string,
  change: (fetch: JournalFetch) => JournalFetch | undefined,
): Promise<JournalFetch | undefined> {
  return journal(['fetches'], 'readwrite', async (fetches) => {
    const before = await requested(fetches.get(uid));
    if (!isJournalFetch(before)) return undefined;
    const after = change(before);
    if (after) fetches.put(after);
    return after ?? before;
  });
}

/** Resolves with the records of a fetch in the order of its requests; with none if one is damaged. */
export async function readRecords(uid: string): Promise<JournalRecord[]> {
  const rows = await journal(['records'], 'readonly', (records) => records.getAll(recordsOf(uid)));
  return rows.every(isJournalRecord) ? rows : [];
}

/** Reads one record; a damaged row reads as none. */
export async function readRecord({ uid, index }: JournalRecord): Promise<JournalRecord | undefined> {
  const row = await journal(['records'], 'readonly', (records) => records.get([uid, index]));
  return isJournalRecord(row) ? row : undefined;
}

/** Writes one record; rejects with a `GoneError` if its fetch was deleted. */
export async function writeRecord(record: JournalRecord): Promise<void> {
  const isThere = await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    if ((await requested(fetches.getKey(record.uid))) === undefined) return false;
    records.put(record);
    return true;
  });
  if (!isThere) throw new GoneError();
}

/** Error of a fetch that is no longer in the journal: the site's storage was deleted. */
export class GoneError extends Error {
  constructor() {
    super('The browser has deleted what was stored of this site.');
  }
}

/** Deletes a fetch and its records, except the partial bodies that the next fetch can resume. Has no effect if it is already deleted. */
export async function deleteFetch(
  { uid, scope }: Pick<JournalFetch, 'uid' | 'scope'>,
  parts: readonly JournalRecord[],
): Promise<void> {
  await journal(['fetches', 'records'], 'readwrite', async (fetches, records) => {
    if ((await requested(fetches.getKey(uid))) === undefined) return;
    for (const part of parts) {
      // The next fetch has a request of its own; the headers of this one may contain credentials.
      const request = { ...part.request, headers: [] };
      records.put({ ...part, request, uid: partialBodiesOf(scope), index: request.url, leftAt: Date.now() });
    }
    deleteRows(uid, fetches, records);
  });
}

/** Deletes fetches with a damaged row, which could never end and would block their ids. */
export async function deleteDamagedFetches(): Promise<void> {
  const rows: Pick<JournalFetch, 'uid' | 'scope'>[] = await journal(['fetches'], 'readonly', (fetches) => fetches.getAll());
  for (const { uid, scope } of rows.filter((row) => !isJournalFetch(row))) {
    console.warn(`bg-fetch-elements: the journal's row "${uid}" is damaged and was deleted.`);
    await deleteFetch({ uid, scope }, []);
  }
}

/** Deletes partial bodies of failures before this time. */
export async function deletePartialBodies(before: number): Promise<void> {
  await journal(['records'], 'readwrite', async (records) => {
    for (const { uid, index, leftAt = before } of await requested(records.getAll())) {
      if (leftAt < before) records.delete([uid, index]);
    }
  });
}

/** Resolves with the keys of all bodies that are referenced by a fetch of the origin. */
export async function listBodyKeys(): Promise<Set<string>> {
  const all = await journal(['records'], 'readonly', (records) => records.getAll());
  return new Set(all.flatMap(({ body }) => (body ? [body.key] : [])));
}

function deleteRows(uid: string, fetches: Store<JournalFetch>, records: Store<JournalRecord>): void {
  fetches.delete(uid);
  records.delete(recordsOf(uid));
}

function recordsOf(uid: string): IDBKeyRange {
  return IDBKeyRange.bound([uid, 0], [uid, Infinity]);
}
