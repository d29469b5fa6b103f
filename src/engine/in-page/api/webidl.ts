/** Converts the arguments of `fetch()` as WebIDL does: in order, each once, with its errors. */
import type { BackgroundFetchOptions, BackgroundFetchUIOptions, ImageResource } from '../../../standard/background-fetch.js';

/** Converts to a DOMString; throws a `TypeError` for a symbol. */
export function toDOMString(value: unknown): string {
  return ''.concat(value as string);
}

/** Converts to `RequestInfo or sequence<RequestInfo>`: an iterable is the sequence. */
export function toRequestList(value: unknown): (Request | string)[] {
  return isObject(value) && !(value instanceof Request) && Symbol.iterator in value
    ? toSequence(value, toRequestInfo)
    : [toRequestInfo(value)];
}

/** Converts the third argument of `fetch()`. */
export function toOptions(value: unknown): Required<BackgroundFetchOptions> {
  const { icons = [], title = '' } = toUIOptions(value);
  const { downloadTotal = 0 } = toDictionary<{ downloadTotal: number }>(value, { downloadTotal: toUnsignedLongLong });
  return { icons, title, downloadTotal };
}

/** Converts the argument of `updateUI()`. */
export function toUIOptions(value: unknown): BackgroundFetchUIOptions {
  return toDictionary<BackgroundFetchUIOptions>(value, { icons: (icons) => toSequence(icons, toImage), title: toDOMString });
}

function toRequestInfo(value: unknown): Request | string {
  if (value instanceof Request) return value;
  const url = toDOMString(value);
  // A sign of dangling markup; Chromium 156 blocks such URLs (docs/decisions/0016).
  if (/[\t\n\r]/.test(url) && url.includes('<')) throw new TypeError(`"${url}" has a line break and a "<".`);
  return url;
}

function toImage(value: unknown): ImageResource {
  const text = toDOMString;
  const { src, ...rest } = toDictionary<ImageResource>(value, { label: text, sizes: text, src: text, type: text });
  if (src === undefined) throw new TypeError("Failed to read an icon: it has no 'src'.");
  return { src, ...rest };
}

/** Converts dictionary members in the order of `converters`, which is alphabetical as in WebIDL. */
function toDictionary<T extends object>(
  value: unknown,
  converters: { [Name in keyof T]-?: (member: unknown) => T[Name] },
): Partial<T> {
  const members = value ?? {};
  if (!isObject(members)) throw new TypeError(`"${toDOMString(value)}" is not an object.`);
  const dictionary: Partial<T> = {};
  for (const name in converters) {
    const member = (members as Record<string, unknown>)[name];
    if (member !== undefined) dictionary[name] = converters[name](member);
  }
  return dictionary;
}

function toSequence<T>(value: unknown, convert: (item: unknown) => T): T[] {
  if (!isObject(value) || !(Symbol.iterator in value)) throw new TypeError(`"${toDOMString(value)}" is not a sequence.`);
  return Array.from(value as Iterable<unknown>, convert);
}

/** Converts to `unsigned long long`, modulo 2^64; inexact above 2^53. */
function toUnsignedLongLong(value: unknown): number {
  const number = Math.trunc(value as number) % 2 ** 64;
  return number < 0 ? number + 2 ** 64 : number || 0;
}

function isObject(value: unknown): value is object {
  return Object(value) === value;
}
