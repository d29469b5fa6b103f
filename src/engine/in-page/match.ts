/** Decides whether a query finds a record, as Cache does ("request matches cached item" of Service Workers). */
import { headerOf, type JournalRecord } from './journal.js';

/** True when the record answers the query. Like Chromium, and unlike Cache, the methods have to be the same, whichever it is. */
export function matches(query: Request, { request, head }: JournalRecord, options: CacheQueryOptions = {}): boolean {
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
