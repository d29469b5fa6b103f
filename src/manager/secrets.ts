/** Removes possible credentials from records and requests. */
import type { PlainRequest } from '../standard/plain-request.js';
import type { FetchRecord } from './record.js';

/** Headers that need no preflight and contain no credentials. */
const SAFE_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language', 'content-type']);

/** Removes credentials and request bodies, for pages, events and the channel; the same object if there are none. */
export function withoutSecrets(record: FetchRecord): FetchRecord {
  const requests = record.requests.map(withoutCredentials);
  const page = record.page && withoutQuery(record.page);
  const isSame = page === record.page && requests.every((request, i) => request === record.requests[i]);
  return isSame ? record : { ...record, page, requests };
}

/** Removes query and fragment of a URL. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}

function withoutCredentials(request: PlainRequest): PlainRequest {
  const { body, ...bare } = request;
  // A page shows a starting download before its requests are complete.
  const { headers = [], referrer = '' } = request as Partial<PlainRequest>;
  const safe = headers.filter(([name]) => SAFE_HEADERS.has(name.toLowerCase()));
  if (!body && safe.length === headers.length && referrer === withoutQuery(referrer)) return request;
  return { ...bare, headers: safe, referrer: withoutQuery(referrer) };
}
