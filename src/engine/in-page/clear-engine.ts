/** Aborts all fetches of the origin and deletes all data of this engine. */
import { deleteAllBodies } from '../../bytes/bodies.js';
import { findOwned } from '../../standard/owner-lock.js';
import { INACTIVE, journal, type JournalFetch } from './state/journal.js';
import type { Registry } from './api/registry.js';

/** Time that pages get to stop their transfers, in milliseconds. A frozen page stops when it resumes. */
const STOP_TIMEOUT = 3000;

/** Resolves when no data of any scope is left. */
export async function clearAll(registryOf: (scope: string) => Registry): Promise<void> {
  for (const { uid, scope } of await listAll()) await registryOf(scope).runCommand(uid, 'abort', INACTIVE);
  const deadline = Date.now() + STOP_TIMEOUT;
  while ((await isMoving()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  await journal(['fetches', 'records'], 'readwrite', (fetches, records) => {
    fetches.clear();
    return records.clear();
  });
  await deleteAllBodies();
}

/** Resolves with true while a page still has active fetches. */
async function isMoving(): Promise<boolean> {
  const isOwned = await findOwned();
  return (await listAll()).some(({ scope }) => isOwned(scope));
}

function listAll(): Promise<JournalFetch[]> {
  return journal(['fetches'], 'readonly', (fetches) => fetches.getAll());
}
