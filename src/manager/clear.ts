/** Aborts all downloads and deletes all stored data. */
import { readRecordKeys } from './database.js';
import { withLock } from './ledger.js';
import { deleteDownload, type ActiveFetches } from './reconcile.js';
import { deleteAllResponses } from './response-store.js';

/** Deletes everything; resolves with the ids of the deleted downloads. */
export async function clearAll(engines: readonly ActiveFetches[]): Promise<string[]> {
  await Promise.all(engines.map(endAll));
  const ids = (await readRecordKeys()).map(String);
  // Waits for an end that is being stored.
  await Promise.all(ids.map((id) => withLock(id, () => deleteDownload(id))));
  await deleteAllResponses();
  return ids;
}

async function endAll(engine: ActiveFetches): Promise<void> {
  if (engine.clear) return engine.clear();
  for (const id of await engine.getIds()) await (await engine.get(id))?.abort();
}
