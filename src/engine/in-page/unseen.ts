/** Says in the console what a server of another origin has to expose so that a cut line does not cost all that came. */
import { headerOf, type ResponseHead } from './journal.js';

const told = new Set<string>();

/** Looks at the head of an answer; an origin is told of once. */
export function tellUnseen(head: ResponseHead): void {
  if (head.type !== 'cors') return;
  const { origin } = new URL(head.url);
  const name = head.status === 206 ? 'Content-Range' : 'ETag';
  if (headerOf(head, name) !== null || told.has(origin)) return;
  told.add(origin);
  console.warn(
    `bg-fetch-elements: ${origin} shows this page no ${name} of "${head.url}", which starts again when it is cut. ` +
      'Send "Access-Control-Expose-Headers: ETag, Content-Range" with it.',
  );
}
