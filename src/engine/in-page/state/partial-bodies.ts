/** Deletes the partial bodies of failed downloads. */
import { requested } from '../../../bytes/indexed-db.js';
import type { StoredBody } from '../../../bytes/stored-body.js';
import { isJournalRecord } from './journal-rows.js';
import { journal, partialBodiesOf } from './journal.js';

/** Deletes the records of partial bodies of these URLs; resolves with the bodies. */
export function takePartialBodies(scope: string, urls: readonly string[]): Promise<StoredBody[]> {
  return journal(['records'], 'readwrite', async (records) => {
    const bodies: StoredBody[] = [];
    for (const url of urls) {
      const place = [partialBodiesOf(scope), url];
      const left = await requested(records.get(place));
      records.delete(place);
      if (isJournalRecord(left) && left.body) bodies.push(left.body);
    }
    return bodies;
  });
}
