/** Reconciles the records with the engines and the stored files. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';
import type { FileProgress } from '../standard/extras.js';
import { adopted } from './adopt.js';
import { checkWritable, readRecord, readRecordKeys, readRecords, type StoredResponse } from './database.js';
import { withLock, withLockIfFree, deleteRecord, unlessStoring, write } from './ledger.js';
import type { Policy } from './policy.js';
import { isActive, isElsewhere, isHeld, UNATTENDED, type FetchRecord } from './record.js';
import { deleteOrphans, deleteResponses, responseFor, storedWhole } from './response-store.js';
import { concluded, withStored } from './settle.js';
import * as to from './transitions.js';

/** The part of an engine that the manager uses: its active fetches and, in the in-page engine, deletion of partial files. */
export interface ActiveFetches extends Pick<BackgroundFetchManager, 'get' | 'getIds'> {
  deletePartialBodies?(id: string, urls: readonly string[]): Promise<void>;
  /** Aborts and deletes everything, if `abort()` does not delete it. */
  clear?(): Promise<void>;
  /** Takes over fetches of a scope that no longer exists, if they outlive it. */
  takeOver?(scope: string, ids: ReadonlySet<string>): Promise<void>;
}

/** Time that a page gets to start a recorded fetch, in milliseconds; then a fetch without an engine has failed. */
const START_GRACE = 30_000;

/** Time between the end of a native fetch and its event, in milliseconds: Chromium forgets the fetch before it starts the worker. */
const END_GRACE = 10_000;

/** The work that the manager does after this module's. */
interface Followup {
  /** Called with the record of a download that ended unnoticed. */
  readonly ended: (record: FetchRecord) => Promise<void>;
  /** Keeps the worker alive until the task settles. */
  readonly track: (task: Promise<void>) => void;
}

/** Checks every record, and every fetch of this scope without a record. Active downloads of other scopes are left to their apps. */
export async function reconcile(
  engines: readonly ActiveFetches[],
  policy: Policy,
  scope: string,
  followup: Followup,
): Promise<void> {
  await checkWritable();
  await unlessStoring(async () => {
    const records = await readRecords();
    // Files of an interrupted end have no response yet.
    if (records.every(({ status }) => status !== 'saving')) await deleteOrphans(new Set(await readRecordKeys()));
  });
  // Records are read first: a record is written after its files, and its end after the engine has deleted the fetch.
  const records = await readRecords();
  const fetches = await Promise.all(engines.map(async (engine) => [engineOf(engine), new Set(await engine.getIds())] as const));
  const stored = await storedWhole().catch((error: unknown) => {
    console.warn(
      `bg-fetch-elements: the stored files cannot be read now, so no download is checked. ${(error as Error).message}`,
    );
  });
  if (!stored) return;
  const known = new Set(records.map(({ id }) => id));
  const unknown = new Set(fetches.flatMap(([, ids]) => [...ids]).filter((id) => !known.has(id)));
  const tasks = [
    ...records.map((record) => {
      if (to.isGone(record, Date.now())) return deleteDiscarded(record.id, engines, scope);
      // The other engine may still have a fetch of an earlier attempt.
      const isMoved =
        isElsewhere(record, scope) || fetches.some(([engine, ids]) => engine === record.engine && ids.has(record.id));
      return reconcileRecord(record, isMoved, stored.get(record.id) ?? [], engines, followup);
    }),
    ...[...unknown].map((id) => adopt(id, engines, policy, scope)),
  ];
  // An error of one download does not affect others.
  for (const { reason } of (await Promise.allSettled(tasks)).filter(isRejected)) reportError(reason);
}

/** Returns the name of an engine: only the in-page one has partial files of its own. */
function engineOf(engine: ActiveFetches): FetchRecord['engine'] {
  return 'deletePartialBodies' in engine ? 'in-page' : 'native';
}

/** Deletes a removed download and aborts a cancelled one, unless it was restored. An active download of another scope is left to its app. */
export async function deleteDiscarded(id: string, engines: readonly ActiveFetches[], scope: string): Promise<void> {
  await withLock(id, async () => {
    const record = await readRecord(id);
    if (!record || !to.isGone(record, Date.now())) return;
    if (isActive(record) && record.status !== 'saving') {
      if (isElsewhere(record, scope)) return;
      for (const engine of engines) await (await engine.get(id))?.abort();
      await write(to.aborted(record, Date.now()));
      return;
    }
    const urls = record.requests.map(({ url }) => url);
    for (const engine of engines) await engine.deletePartialBodies?.(id, urls);
    await deleteDownload(id);
  });
}

/** Deletes a download with a damaged record; resolves with false if it is not damaged. */
export function deleteDamaged(id: string): Promise<boolean> {
  return withLock(id, async () => {
    if ((await readRecord(id)) || !(await readRecordKeys()).includes(id)) return false;
    await deleteDownload(id);
    return true;
  });
}

/** Deletes a download, its files first. The caller holds its lock. */
export async function deleteDownload(id: string): Promise<void> {
  await deleteResponses(id);
  await deleteRecord(id);
}

async function reconcileRecord(
  record: FetchRecord,
  isMoved: boolean,
  stored: readonly StoredResponse[],
  engines: readonly ActiveFetches[],
  followup: Followup,
): Promise<void> {
  const { id, engine, files, status, startedAt, changedAt } = record;
  const now = Date.now();
  const found = files.map((file, place): FileProgress => {
    const { body, status: head = 200 } = responseFor(record, place, stored) ?? {};
    return body ? { ...file, state: 'done', status: head, downloaded: body.size, downloadTotal: body.size } : file;
  });
  const left = withStored(record, found, stored);
  const isWhole = left.every(({ state }) => state === 'done');
  /** Changes the record unless it has changed since it was read. */
  const change = (next: (same: FetchRecord) => FetchRecord | Promise<FetchRecord>, ended?: Followup['ended']) =>
    withLockIfFree(id, async () => {
      const same = await readRecord(id);
      if (same?.startedAt !== startedAt || same.changedAt !== changedAt || same.status !== status) return;
      const changed = await write(await next(same));
      await ended?.(changed);
    });
  if (status === 'done' && !isWhole) return change((same) => to.evicted(same, now));
  if (status === 'evicted' && isWhole) return change((same) => to.healed(same, now));
  const isLess = left.some(({ state }, place) => state !== 'done' && files[place]?.state === 'done');
  if (status === 'failed' && isLess) return change((same) => ({ ...same, files: withStored(same, files, stored) }));
  if (!isActive(record) || isMoved || (record.verifying && isWhole) || isHeld(record)) return;
  if (status === 'starting' && now - changedAt < START_GRACE) return;
  // The lock is held while an end is being stored: a `saving` record with a free lock was interrupted.
  const failure = { reason: 'fetch-error', detail: UNATTENDED, cause: 'unattended' } as const;
  const conclude = () => change((same) => concluded(same, left, failure), followup.ended);
  if (engine === 'in-page' || status === 'saving') return conclude();
  followup.track(new Promise((resolve) => setTimeout(resolve, END_GRACE)).then(conclude));
}

async function adopt(id: string, engines: readonly ActiveFetches[], policy: Policy, scope: string): Promise<void> {
  for (const engine of engines) {
    const registration = await engine.get(id);
    if (!registration) continue;
    await withLock(id, async () => {
      if (await readRecord(id)) return;
      const record = await adopted(registration, policy, scope);
      if (!record) return;
      await write(record);
      // The site rejected it.
      if (!isActive(record)) await registration.abort();
    });
  }
}

function isRejected(result: PromiseSettledResult<unknown>): result is PromiseRejectedResult {
  return result.status === 'rejected';
}
