/** Sets the records right against what the engines know and what is really stored. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';
import type { FileProgress } from '../standard/extras.js';
import { readRecord, readRecords, type StoredResponse } from './database.js';
import { alone, aloneIfFree, strike, unlessStoring, write } from './ledger.js';
import { isActive, isHeld, LEFT_ALONE, type FetchRecord } from './record.js';
import { deleteOrphans, deleteResponses, storedWhole } from './response-store.js';
import { adopted, concluded } from './settle.js';
import * as to from './transitions.js';

/** What the manager asks of an engine: which fetches are active, and, of one that keeps what came of failed ones, to let go of it. */
export interface ActiveFetches extends Pick<BackgroundFetchManager, 'get' | 'getIds'> {
  forget?(id: string, urls: readonly string[]): Promise<void>;
}

/** A fetch that no engine knows is given up when it was asked for longer ago than this, in milliseconds: its page may be starting it. */
const START_GRACE = 30_000;

/** Hears of a download that has ended unseen. */
type Tell = (record: FetchRecord) => Promise<void>;

/** Looks at every record once, and at every fetch that has none. */
export async function reconcile(engines: readonly ActiveFetches[], tell: Tell): Promise<void> {
  await unlessStoring(async () => {
    const records = await readRecords();
    // What an interrupted end has kept is not spoken of yet.
    if (records.every(({ status }) => status !== 'saving')) await deleteOrphans(new Set(records.map(({ id }) => id)));
  });
  const [records, stored, ...ids] = await Promise.all([
    readRecords(),
    storedWhole(),
    ...engines.map((engine) => engine.getIds()),
  ]);
  const active = new Set(ids.flat());
  await Promise.all(
    records.map((record) => setRight(record, active.delete(record.id), stored.get(record.id) ?? [], engines, tell)),
  );
  for (const id of active) await adopt(id, engines);
}

/** Deletes a discarded download for good, unless it was restored. */
export async function purge(id: string, engines: readonly ActiveFetches[]): Promise<void> {
  await alone(id, async () => {
    const record = await readRecord(id);
    if (!record || !to.isGone(record, Date.now())) return;
    const urls = record.requests.map(({ url }) => url);
    for (const engine of engines) await engine.forget?.(id, urls);
    await drop(id);
  });
}

/** Deletes a download, its bytes first. The caller has it to itself. */
export async function drop(id: string): Promise<void> {
  await deleteResponses(id);
  await strike(id);
}

async function setRight(
  record: FetchRecord,
  isMoved: boolean,
  stored: readonly StoredResponse[],
  engines: readonly ActiveFetches[],
  tell: Tell,
): Promise<void> {
  const { id, files, status, startedAt, changedAt } = record;
  const now = Date.now();
  if (to.isGone(record, now)) return purge(id, engines);
  const isWhole = stored.length >= files.filter(({ elsewhere }) => !elsewhere).length;
  if (status === 'done' && !isWhole) return aloneIfFree(id, () => write(to.evicted(record, now)));
  if (!isActive(record) || isMoved || (record.verifying && isWhole) || isHeld(record)) return;
  if (status === 'starting' && now - changedAt < START_GRACE) return;
  // While its end is being stored, the lock is not free: a `saving` record that can be had was interrupted.
  await aloneIfFree(id, async () => {
    const same = await readRecord(id);
    if (same?.startedAt !== startedAt || same.changedAt !== changedAt) return;
    const left = files.map((file, place): FileProgress => {
      const { body, status: head = 200 } = stored.find(({ index }) => index === place) ?? {};
      if (body) return { ...file, state: 'done', status: head, downloaded: body.size, downloadTotal: body.size };
      return file.state === 'done' && !file.elsewhere ? { ...file, state: 'failed', downloaded: 0 } : file;
    });
    const failure = { reason: 'fetch-error', detail: LEFT_ALONE } as const;
    await tell(await write(await concluded(same, left, failure)));
  });
}

async function adopt(id: string, engines: readonly ActiveFetches[]): Promise<void> {
  for (const engine of engines) {
    const registration = await engine.get(id);
    const record = registration && (await adopted(registration));
    if (record) await alone(id, async () => (await readRecord(id)) ?? write(record));
  }
}
