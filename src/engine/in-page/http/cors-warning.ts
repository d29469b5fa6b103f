/** Logs the headers that a server of another origin has to expose for downloads to be resumable. */
import type { ResponseHead } from '../state/journal.js';

const warnedOrigins = new Set<string>();

/** Checks the head of a response from another origin; logs once per origin. */
export function warnOfHiddenHeaders({ url, status, headers }: ResponseHead, method: string): void {
  const { origin } = new URL(url);
  const name = status === 206 ? 'Content-Range' : 'ETag';
  if (method !== 'GET' || status < 200 || status > 299 || new Headers(headers).has(name) || warnedOrigins.has(origin)) return;
  warnedOrigins.add(origin);
  console.warn(
    `bg-fetch-elements: ${origin} shows this page no ${name} of "${url}", which starts again when it is cut. ` +
      'Send "Access-Control-Expose-Headers: ETag, Content-Range" with it.',
  );
}
