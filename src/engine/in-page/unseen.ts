/** Says in the console what a server of another origin has to expose so that a cut line does not cost all that came. */
import type { ResponseHead } from './journal.js';

const told = new Set<string>();

/** Looks at the head of an answer from another origin, which is told of once. */
export function tellUnseen({ url, status, headers }: ResponseHead, method: string): void {
  const { origin } = new URL(url);
  const name = status === 206 ? 'Content-Range' : 'ETag';
  if (method !== 'GET' || status < 200 || status > 299 || new Headers(headers).has(name) || told.has(origin)) return;
  told.add(origin);
  console.warn(
    `bg-fetch-elements: ${origin} shows this page no ${name} of "${url}", which starts again when it is cut. ` +
      'Send "Access-Control-Expose-Headers: ETag, Content-Range" with it.',
  );
}
