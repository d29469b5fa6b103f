/** Decides whether a query finds a record, as Cache does ("request matches cached item" of Service Workers). */
import type { JournalRecord } from './journal.js';

/** True when the record answers the query. Like Chromium, and unlike Cache, the methods have to be the same, whichever it is. */
export function matches(query: Request, { request, head }: JournalRecord, options: CacheQueryOptions = {}): boolean {
  if (!options.ignoreMethod && query.method !== request.method) return false;
  if (comparable(query.url, options) !== comparable(request.url, options)) return false;
  if (options.ignoreVary || !head) return true;
  const stored = headersOf(request.headers);
  const vary = headersOf(head.headers).get('vary') ?? '';
  return vary
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name !== '*' && query.headers.get(name) === stored.get(name));
}

function comparable(address: string, { ignoreSearch }: CacheQueryOptions): string {
  const url = new URL(address);
  url.hash = '';
  if (ignoreSearch) url.search = '';
  return url.href;
}

function headersOf(list: readonly (readonly [string, string])[]): Headers {
  return new Headers(list.map(([name, value]): [string, string] => [name, value]));
}
