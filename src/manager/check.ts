/** Refuses bad arguments in words, in the page before they reach the browser and in the worker before they change anything. */
import type { FetchPlan } from './record.js';

const MAX_ID = 1024;
const MAX_REQUESTS = 1000;
const MAX_TITLE = 10_000;

/** Throws a `TypeError` for an id that is no string, empty (it crashes Chromium's tab) or longer than 1,024 characters. */
export function checkId(id: unknown, asked = 'start'): asserts id is string {
  const isText = typeof id === 'string';
  if (isText && id !== '' && id.length <= MAX_ID) return;
  const why = isText ? `has ${id.length} characters` : 'is no string';
  refuse(String(id).slice(0, 20), `its id ${why}. Give it one of 1 to ${MAX_ID}, such as "episode-5".`, asked);
}

/** Throws a `TypeError` for a plan that no engine could follow. */
export function checkPlan(plan: FetchPlan): void {
  checkId(plan?.id);
  const { id, requests, title, icons, downloadTotal, engine, page = '', startedAt = 0 } = plan;
  if (!isList(requests) || requests.length === 0) refuse(id, 'there is nothing to fetch. Name at least one URL.');
  if (requests.length > MAX_REQUESTS)
    refuse(id, `${requests.length} requests are too many. Use at most ${MAX_REQUESTS}, or several fetches.`);
  for (const request of requests) {
    const url: unknown = request?.url;
    const text = typeof url === 'string' ? url : typeof url;
    if (!/^https?:/.test(text)) refuse(id, `"${text.slice(0, 80)}" is no http(s) URL.`);
    const headers = request.headers ?? [];
    if (typeof (request.method ?? '') !== 'string' || !isList(headers) || !headers.every(isList))
      refuse(id, 'a method is no text, or headers are no list of pairs.');
  }
  if (typeof title !== 'string' || title.length > MAX_TITLE)
    refuse(id, `the title is no text of at most ${MAX_TITLE} characters.`);
  if (!isList(icons) || !icons.every((icon) => typeof icon?.src === 'string')) refuse(id, 'icons is no list of {src}.');
  if (!isCount(downloadTotal)) refuse(id, 'downloadTotal is no whole number of bytes.');
  if (engine !== 'native' && engine !== 'in-page') refuse(id, 'the engine is not "native" or "in-page".');
  if (typeof page !== 'string' || !isCount(startedAt)) refuse(id, 'page is no address, or startedAt no time.');
}

/** Throws a `TypeError` unless this is an id, and what a page tells of its download can be so. */
export function checkFact(id: unknown, canBe: boolean, what: string): void {
  checkId(id, 'change');
  if (!canBe) refuse(id, `${what}.`, 'change');
}

/** True for a count of bytes and for a place in a list. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function refuse(name: string, why: string, asked = 'start'): never {
  throw new TypeError(`Failed to ${asked} background fetch "${name}": ${why}`);
}

/** `Array.isArray` would take away the element's type. */
function isList(value: unknown): boolean {
  return Array.isArray(value);
}
