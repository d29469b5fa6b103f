/** Forgets what is left of downloads that failed, for whoever does not want them any more. */
import { requested } from '../../bytes/indexed-db.js';
import type { StoredBody } from '../../bytes/stored-body.js';
import { journal, leftIn } from './journal.js';

/** Forgets the parts that are left of these URLs; gives where they rest. */
export function takeLeft(scope: string, urls: readonly string[]): Promise<StoredBody[]> {
  return journal(['records'], 'readwrite', async (records) => {
    const bodies: StoredBody[] = [];
    for (const url of urls) {
      const place = [leftIn(scope), url];
      const left = await requested(records.get(place));
      records.delete(place);
      if (left?.body) bodies.push(left.body);
    }
    return bodies;
  });
}
