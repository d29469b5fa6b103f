/** Checks arguments, in the page before they reach the browser and in the worker before they change anything. */
import { partRefusal } from '../standard/file-response.js';
import type { PlainRequest } from '../standard/plain-request.js';
import { areIcons, isRequest } from '../standard/shape.js';
import { findUnfit } from './hashes.js';
import { MAX_ID, MAX_REQUESTS, type FetchPlan } from './record.js';

const MAX_TITLE = 10_000;

/** Throws a `TypeError` for an id that is not a string of 1 to 1,024 characters. An empty one crashes the tab in Chromium 156 (docs/decisions/0016). */
export function checkId(id: unknown, command = 'start'): asserts id is string {
  const isText = typeof id === 'string';
  if (isText && id !== '' && id.length <= MAX_ID) return;
  const why = isText ? `has ${id.length} characters` : 'is no string';
  refuse(isText ? id.slice(0, 20) : nameOf(id), `its id ${why}. Give it one of 1 to ${MAX_ID}, such as "episode-5".`, command);
}

/** Throws a `TypeError` for an invalid plan. */
export function checkPlan(plan: FetchPlan): void {
  checkId(plan?.id);
  const { id, requests, title, icons, downloadTotal, engine, page = '', startedAt = 0, wifiOnly = false, maxSize = 0 } = plan;
  if (!isList(requests) || requests.length === 0) refuse(id, 'there is nothing to fetch. Name at least one URL.');
  if (requests.length > MAX_REQUESTS)
    refuse(id, `${requests.length} requests are too many. Use at most ${MAX_REQUESTS}, or several fetches.`);
  for (const request of requests) {
    const url: unknown = request?.url;
    const text = typeof url === 'string' ? url : typeof url;
    if (!/^https?:/.test(text)) refuse(id, `"${text.slice(0, 80)}" is no http(s) URL.`);
    const headers = request.headers ?? [];
    if (typeof (request.method ?? '') !== 'string' || !isList(headers) || !headers.every(isPair))
      refuse(id, 'a method is no text, or headers are no list of pairs.');
    const { integrity = '' } = request as Partial<PlainRequest>;
    const unfit = typeof integrity === 'string' ? findUnfit(integrity) : typeof integrity;
    if (unfit !== undefined)
      refuse(
        id,
        `"${unfit.slice(0, 80)}" in the integrity of "${text.slice(0, 80)}" is no hash. Use sha256-, sha384- or sha512- and base64.`,
      );
    const part = partRefusal({ url: text, headers });
    if (part !== undefined) refuse(id, `${part}.`);
    if (!isRequest(request)) refuse(id, `"${text.slice(0, 80)}" is no URL, or a part of its request is of the wrong type.`);
  }
  if (typeof title !== 'string' || title.length > MAX_TITLE)
    refuse(id, `the title is no text of at most ${MAX_TITLE} characters.`);
  if (!areIcons(icons)) refuse(id, 'icons is no list of {src, sizes, type, label}, all of them text.');
  if (!isCount(downloadTotal)) refuse(id, 'downloadTotal is no whole number of bytes.');
  if (!isCount(maxSize)) refuse(id, 'maxSize is no whole number of bytes.');
  if (engine !== 'native' && engine !== 'in-page') refuse(id, 'the engine is not "native" or "in-page".');
  if (typeof page !== 'string' || !isCount(startedAt)) refuse(id, 'page is no address, or startedAt no time.');
  if (typeof wifiOnly !== 'boolean') refuse(id, 'wifiOnly is neither true nor false.');
}

/** Throws a `TypeError` unless this is an id and the facts of a page are valid. */
export function checkFact(id: unknown, canBe: boolean, what: string): void {
  checkId(id, 'change');
  if (!canBe) refuse(id, `${what}.`, 'change');
}

/** Returns true for a count of bytes or an index. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function refuse(name: string, why: string, command = 'start'): never {
  throw new TypeError(`Failed to ${command} background fetch "${name}": ${why}`);
}

/** Returns the text of a value; an object may have none. */
function nameOf(value: unknown): string {
  return Object(value) === value ? typeof value : String(value);
}

function isPair(header: unknown): boolean {
  return Array.isArray(header) && header.length === 2 && header.every((part) => typeof part === 'string');
}

/** Returns true for an array; `Array.isArray` would lose the type of its items. */
function isList(value: unknown): boolean {
  return Array.isArray(value);
}
