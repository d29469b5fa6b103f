/** Holds the stored files of a download against their hashes, in one place at a time: a page, or the worker where it can. */
import { aloneIfFree } from './ledger.js';
import { readStored, unverifiedOf } from './response-store.js';

/** Tells whether a body has one of the hashes it should (`bg-fetch-elements/integrity`). */
export type IsIntact = (body: Blob | ReadableStream<Uint8Array>, integrity: string) => Promise<boolean>;

/** Gives `tell` the places of those files that have none of their hashes, unless another is at it. */
export function verifyStored(
  id: string,
  isIntact: IsIntact,
  tell: (mismatched: readonly number[]) => Promise<void>,
): Promise<void> {
  return aloneIfFree(`verify:${id}`, async () => {
    const mismatched: number[] = [];
    for (const stored of await unverifiedOf(id)) {
      if (!(await isIntact(await readStored(stored), stored.unverified ?? ''))) mismatched.push(stored.index);
    }
    await tell(mismatched);
  });
}
