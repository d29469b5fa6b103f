/** Sets the records right against what the engines know and what is really stored. */
import type { BackgroundFetchManager } from '../standard/background-fetch.js';
import type { FileProgress } from '../standard/extras.js';
import { alone, aloneIfFree, strike, unlessStoring, write } from './ledger.js';
import { isActive, isHeld, type FetchRecord } from './record.js';
import { readRecord, readRecords } from './record-store.js';
import { bodiesThere, deleteOrphans, deleteResponses, responsesOf } from './response-store.js';
import { adopted } from './settle.js';
import * as to from './transitions.js';

/** What the manager asks of an engine: which fetches are active. */
export type ActiveFetches = Pick<BackgroundFetchManager, 'get' | 'getIds'>;

/** A fetch that no engine knows is given up when it last changed longer ago than this, in milliseconds: its page may be starting it. */
const START_GRACE = 30_000;

/** Looks at every record once, and at every fetch that has none. */
export async function reconcile(engines: readonly ActiveFetches[]): Promise<void> {
  await unlessStoring(async () => {
    const records = await readRecords();
    // What an interrupted end has kept is not spoken of yet.
    if (records.every(({ status }) => status !== 'saving')) await deleteOrphans(new Set(records.map(({ id }) => id)));
  });
  const [records, there] = await Promise.all([readRecords(), bodiesThere()]);
  const active = new Set((await Promise.all(engines.map((engine) => engine.getIds()))).flat());
  await Promise.all(records.map((record) => setRight(record, active, there)));
  const known = new Set(records.map(({ id }) => id));
  for (const id of active) if (!known.has(id)) await adopt(id, engines);
}

/** Deletes a discarded download for good, unless it was restored. */
export async function purge(id: string): Promise<void> {
  await alone(id, async () => {
    const record = await readRecord(id);
    if (record && to.isGone(record, Date.now())) await drop(id);
  });
}

/** Deletes a download, its bytes first. The caller has it to itself. */
export async function drop(id: string): Promise<void> {
  await deleteResponses(id);
  await strike(id);
}

async function setRight(record: FetchRecord, active: ReadonlySet<string>, there: ReadonlyMap<string, number>): Promise<void> {
  const { id, status, startedAt, changedAt } = record;
  if (to.isGone(record, Date.now())) return purge(id);
  const own = record.files.filter(({ elsewhere }) => !elsewhere).length;
  if (status === 'done' && (there.get(id) ?? 0) < own) return aloneIfFree(id, () => write(to.evicted(record, Date.now())));
  if (!isActive(record) || active.has(id) || record.verifying || isHeld(record)) return;
  if (status !== 'saving' && Date.now() - changedAt < START_GRACE) return;
  // While its end is being stored, the lock is not free: a `saving` record that can be had was interrupted.
  await aloneIfFree(id, async () => {
    const now = await readRecord(id);
    if (!now || now.startedAt !== startedAt || now.changedAt !== changedAt) return;
    const failure = { reason: 'fetch-error', detail: 'The browser ended it while no page was open.' } as const;
    await write(to.failed(now, await filesLeft(now), failure, Date.now()));
  });
}

/** The files of an interrupted download: those that were stored are done. */
async function filesLeft({ id, files }: FetchRecord): Promise<FileProgress[]> {
  const stored = new Map((await responsesOf(id)).map(({ index, body, status }) => [index, { size: body.size, status }]));
  return files.map((file, index) => {
    const { size, status } = stored.get(index) ?? {};
    return size === undefined ? file : { ...file, state: 'done', status: status ?? 200, downloaded: size, downloadTotal: size };
  });
}

async function adopt(id: string, engines: readonly ActiveFetches[]): Promise<void> {
  const [registration] = (await Promise.all(engines.map((engine) => engine.get(id)))).filter((found) => found !== undefined);
  if (!registration) return;
  const record = await adopted(registration);
  await alone(id, async () => {
    if (!(await readRecord(id))) await write(record);
  });
}
