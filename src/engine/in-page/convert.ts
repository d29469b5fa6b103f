/** Reads the arguments of `fetch()` as WebIDL does: in order, once each, and with its errors. */
import type { BackgroundFetchOptions, BackgroundFetchUIOptions, ImageResource } from '../../standard/background-fetch.js';

/** DOMString; a symbol is a TypeError. */
export function toDOMString(value: unknown): string {
  return ''.concat(value as string);
}

/** `RequestInfo or sequence<RequestInfo>`: whatever can be iterated is the sequence. */
export function toRequestList(value: unknown): (Request | string)[] {
  if (isObject(value) && !(value instanceof Request) && Symbol.iterator in value) {
    return Array.from(value as Iterable<unknown>, toRequestInfo);
  }
  return [toRequestInfo(value)];
}

/** The third argument of `fetch()`. */
export function toOptions(value: unknown): Required<BackgroundFetchOptions> {
  const { icons = [], title = '' } = toUIOptions(value);
  const { downloadTotal } = toDictionary(value);
  return { icons, title, downloadTotal: downloadTotal === undefined ? 0 : toUnsignedLongLong(downloadTotal) };
}

/** The argument of `updateUI()`. */
export function toUIOptions(value: unknown): BackgroundFetchUIOptions {
  const { icons, title } = toDictionary(value);
  return {
    ...(icons !== undefined && { icons: toSequence(icons).map(toImage) }),
    ...(title !== undefined && { title: toDOMString(title) }),
  };
}

function toRequestInfo(value: unknown): Request | string {
  return value instanceof Request ? value : toDOMString(value);
}

function toImage(value: unknown): ImageResource {
  const { label, sizes, src, type } = toDictionary(value);
  if (src === undefined) throw new TypeError("Failed to read an icon: it has no 'src'.");
  return {
    src: toDOMString(src),
    ...(sizes !== undefined && { sizes: toDOMString(sizes) }),
    ...(type !== undefined && { type: toDOMString(type) }),
    ...(label !== undefined && { label: toDOMString(label) }),
  };
}

function toDictionary(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new TypeError(`Expected an object, not "${toDOMString(value)}".`);
  return value as Readonly<Record<string, unknown>>;
}

function toSequence(value: unknown): unknown[] {
  if (!isObject(value) || !(Symbol.iterator in value)) throw new TypeError('Expected a sequence.');
  return Array.from(value as Iterable<unknown>);
}

/** Modulo 2^64, like the browsers; above 2^53 as exact as a number can be. */
function toUnsignedLongLong(value: unknown): number {
  const number = Math.trunc(value as number);
  if (!Number.isFinite(number)) return 0;
  return number >= 0 ? number % 2 ** 64 : (number % 2 ** 64) + 2 ** 64;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
