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
  const { id, requests, title, icons, downloadTotal, engine } = plan;
  if (!isList(requests) || requests.length === 0) refuse(id, 'there is nothing to fetch. Name at least one URL.');
  if (requests.length > MAX_REQUESTS)
    refuse(id, `${requests.length} requests are too many. Use at most ${MAX_REQUESTS}, or several fetches.`);
  for (const request of requests) {
    const url: unknown = request?.url;
    const text = typeof url === 'string' ? url : typeof url;
    if (!/^https?:/.test(text)) refuse(id, `"${text.slice(0, 80)}" is no http(s) URL.`);
  }
  if (typeof title !== 'string' || title.length > MAX_TITLE)
    refuse(id, `the title is no text of at most ${MAX_TITLE} characters.`);
  if (!isList(icons) || !icons.every((icon) => typeof icon?.src === 'string'))
    refuse(id, 'icons is no list of {src, sizes, type, label}.');
  if (!Number.isSafeInteger(downloadTotal) || downloadTotal < 0)
    refuse(id, 'downloadTotal is no whole number of bytes, 0 for unknown.');
  if (engine !== 'native' && engine !== 'in-page') refuse(id, 'the engine is neither "native" nor "in-page".');
}

function refuse(name: string, why: string, asked = 'start'): never {
  throw new TypeError(`Failed to ${asked} background fetch "${name}": ${why}`);
}

/** `Array.isArray` would take away the element's type. */
function isList(value: unknown): boolean {
  return Array.isArray(value);
}
