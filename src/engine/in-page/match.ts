/** Finds the records that a query asks for, as Cache does ("request matches cached item" of Service Workers). */
import type { BackgroundFetchRecord } from '../../standard/background-fetch.js';
import { headerOf, readRecords, type JournalRecord } from './journal.js';
import { InPageRecord } from './record.js';
import type { Query } from './registration.js';
import type { Wire } from './wire.js';

/** How long to wait for news of a fetch before the journal is asked, in milliseconds. */
const PATIENCE = 1000;

/** The records of the fetch `uid` in the order of its requests, those that answer the query or all. */
export async function matchAll(uid: string, wire: Wire, ...[request, options]: Query): Promise<BackgroundFetchRecord[]> {
  const query = request === undefined ? undefined : new Request(request);
  const records = await readRecords(uid);
  const found = records.filter((record) => !query || matches(query, record, options));
  return found.map((record) => new InPageRecord(record, () => newsOf(uid, wire)));
}

/** Resolves with the next news of a fetch, or after a moment without any. */
function newsOf(uid: string, wire: Wire): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  return new Promise<void>((resolve) => {
    wire.listen(({ uid: about }) => about === uid && resolve(), { signal });
    setTimeout(resolve, PATIENCE);
  }).finally(() => done.abort());
}

/** True when the record answers the query. Like Chromium, and unlike Cache, the methods have to be the same, whichever it is. */
function matches(query: Request, { request, head }: JournalRecord, options: CacheQueryOptions = {}): boolean {
  if (!options.ignoreMethod && query.method !== request.method) return false;
  if (comparable(query.url, options) !== comparable(request.url, options)) return false;
  const vary = (!options.ignoreVary && head && headerOf(head, 'vary')?.match(/[^\s,]+/g)) || [];
  return vary.every((name) => name !== '*' && query.headers.get(name) === headerOf(request, name));
}

function comparable(address: string, { ignoreSearch }: CacheQueryOptions): string {
  const url = new URL(address);
  url.hash = '';
  if (ignoreSearch) url.search = '';
  return url.href;
}
