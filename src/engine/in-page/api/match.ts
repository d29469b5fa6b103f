/** Finds records as Cache does ("request matches cached item", Service Workers). */
import type { BackgroundFetchRecord } from '../../../standard/background-fetch.js';
import { headerOf, readRecords, type JournalRecord } from '../state/journal.js';
import { InPageRecord } from './background-fetch-record.js';
import type { Query } from './registration.js';
import type { FetchChannel } from '../state/channel.js';

/** Interval of journal reads while no progress message arrives, in milliseconds. */
const READ_INTERVAL = 1000;

/** Resolves with the records of the fetch `uid` in the order of its requests, filtered by the query if there is one. */
export async function matchAll(uid: string, wire: FetchChannel, ...[request, options]: Query): Promise<BackgroundFetchRecord[]> {
  const query = request === undefined ? undefined : new Request(request);
  const records = await readRecords(uid);
  const found = records.filter((record) => !query || matches(query, record, options));
  return found.map((record) => new InPageRecord(record, () => nextMessage(uid, wire)));
}

/** Resolves with the next progress message of a fetch, or after the interval. */
function nextMessage(uid: string, wire: FetchChannel): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  return new Promise<void>((resolve) => {
    wire.listen(({ uid: about }) => about === uid && resolve(), { signal });
    setTimeout(resolve, READ_INTERVAL);
  }).finally(() => done.abort());
}

/** Matches a record as Cache does, except that the methods must be equal, as in Chromium 156 (docs/decisions/0016). */
function matches(query: Request, { request, head }: JournalRecord, options: CacheQueryOptions = {}): boolean {
  if (!options.ignoreMethod && query.method !== request.method) return false;
  if (comparableUrl(query.url, options) !== comparableUrl(request.url, options)) return false;
  const vary = (!options.ignoreVary && head && headerOf(head, 'vary')?.match(/[^\s,]+/g)) || [];
  return vary.every((name) => name !== '*' && query.headers.get(name) === headerOf(request, name));
}

function comparableUrl(address: string, { ignoreSearch }: CacheQueryOptions): string {
  const url = new URL(address);
  url.hash = '';
  if (ignoreSearch) url.search = '';
  return url.href;
}
