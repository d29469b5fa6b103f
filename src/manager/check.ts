/** Refuses bad arguments in words, in the page before they reach the browser and in the worker before they change anything. */
import type { FetchPlan } from './record.js';

const MAX_ID = 1024;
const MAX_REQUESTS = 1000;
const MAX_TITLE = 10_000;

/** Throws a `TypeError` for an id that is no string, empty (it crashes Chromium's tab) or longer than 1,024 characters. */
export function checkId(id: unknown, asked = 'start'): asserts id is string {
  const refuse = (name: string, why: string, remedy: string) => {
    throw new TypeError(`Failed to ${asked} background fetch ${name}: ${why}. ${remedy}`);
  };
  if (typeof id !== 'string') refuse(`of id ${typeof id}`, 'the id is not a string', 'Give it a name, such as "episode-5".');
  else if (id === '') refuse('""', 'the id is empty', 'Give it a name, such as "episode-5".');
  else if (id.length > MAX_ID) {
    refuse(`"${id.slice(0, 20)}…"`, `the id has ${id.length} characters`, `Use at most ${MAX_ID}.`);
  }
}

/** Throws a `TypeError` for a plan that no engine could follow. */
export function checkPlan(plan: FetchPlan): void {
  checkId(plan?.id);
  const refuse = (why: string) => {
    throw new TypeError(`Failed to start background fetch "${plan.id}": ${why}`);
  };
  const { requests, title, icons, downloadTotal, engine } = plan;
  if (!isList(requests) || requests.length === 0) refuse('there is nothing to fetch. Name at least one URL.');
  if (requests.length > MAX_REQUESTS)
    refuse(`${requests.length} requests are too many. Use at most ${MAX_REQUESTS}, or several fetches.`);
  for (const request of requests) {
    if (typeof request?.url !== 'string' || !/^https?:/.test(request.url))
      refuse(`"${(request?.url ?? '').slice(0, 80)}" is no http(s) URL.`);
  }
  if (typeof title !== 'string' || title.length > MAX_TITLE) refuse(`the title is no text of at most ${MAX_TITLE} characters.`);
  if (!isList(icons) || !icons.every((icon) => typeof icon?.src === 'string'))
    refuse('icons is no list of {src, sizes, type, label}.');
  if (!Number.isSafeInteger(downloadTotal) || downloadTotal < 0)
    refuse('downloadTotal is no whole number of bytes, 0 for unknown.');
  if (engine !== 'native' && engine !== 'in-page') refuse('the engine is neither "native" nor "in-page".');
}

/** `Array.isArray` would take away the element's type. */
function isList(value: unknown): boolean {
  return Array.isArray(value);
}
