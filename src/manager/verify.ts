/** Verifies the stored files of a download, in one page or worker at a time. */
import { withLockIfFree } from './ledger.js';
import type { FetchRecord } from './record.js';
import { readStored, unverifiedOf } from './response-store.js';

/** Resolves with true if a body has an expected hash (`bg-fetch-elements/integrity`). */
export type IsIntact = (body: Blob | ReadableStream<Uint8Array>, integrity: string) => Promise<boolean>;

/** Calls `report` with the indices of files with another hash, unless another realm is verifying. */
export function verifyStored(
  record: FetchRecord,
  isIntact: IsIntact,
  report: (mismatched: readonly number[]) => Promise<void>,
): Promise<void> {
  return withLockIfFree(`verify:${record.id}`, async () => {
    const mismatched: number[] = [];
    for (const stored of await unverifiedOf(record)) {
      if (!(await isIntact(await readStored(stored), stored.unverified ?? ''))) mismatched.push(stored.index);
    }
    await report(mismatched);
  });
}
