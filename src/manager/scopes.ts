/** Apps of one origin, which share its records but have engines and a scope of their own. */
import { ownerLock } from '../standard/owner-lock.js';
import { readRecord, readRecords } from './database.js';
import { withLockIfFree, write } from './ledger.js';
import type { ActiveFetches } from './reconcile.js';
import type { FetchRecord } from './record.js';

/**
 * Moves the downloads of scopes that no longer exist to the scope `here`. A scope no longer exists if it is not `registered` and no page runs its
 * in-page engine.
 */
export async function takeOver(here: string, registered: readonly string[], engines: readonly ActiveFetches[]): Promise<void> {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, scope = here } of await readRecords()) {
    if (scope !== here && !registered.includes(scope)) idsOf.set(scope, (idsOf.get(scope) ?? new Set()).add(id));
  }
  for (const [gone, ids] of idsOf) {
    await navigator.locks.request(ownerLock(gone), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      for (const engine of engines) await engine.takeOver?.(gone, ids);
      // A download whose lock is held is taken over with the next list: one that is never released must not block this one.
      for (const id of ids)
        await withLockIfFree(id, async () => {
          const record = await readRecord(id);
          if (record?.scope === gone) await write({ ...record, scope: here });
        });
    });
  }
}

/** Returns the error of a start with the id of another app's active download. */
export function inUse({ id, scope }: FetchRecord): DOMException {
  return new DOMException(
    `Failed to start background fetch "${id}": ${scope} has an active download of this id. Abort that one first, or use another id.`,
    'InvalidStateError',
  );
}
