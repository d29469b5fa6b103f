/** Checks of plain data that another version, or any script of the origin, may have written or posted. Unknown fields are allowed. */

import { parseUrl } from './older-browsers.js';

/** Predicate of a shape; never throws. */
export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isNumber: Check = (value) => Number.isFinite(value);
export const isSize: Check = (value) => isNumber(value) && (value as number) >= 0;
/** An index of a list, or an HTTP status. */
export const isPlace: Check = (value) => Number.isSafeInteger(value) && isSize(value);
export const isUrl: Check = (value) =>
  isText(value) && /^https?:/.test(value as string) && parseUrl(value as string) !== undefined;

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
export const objectOf =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const isPair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isText);

/** Headers as a list of name and value. */
export const areHeaders = listOf(isPair);

/** Body of a request. */
export const isBytes: Check = (value) => value instanceof Blob || value instanceof ArrayBuffer;

export const areIcons = listOf(
  objectOf({ src: isText, sizes: optional(isText), type: optional(isText), label: optional(isText) }),
);

/** A `PlainRequest` with at least a URL. */
export const isRequest = objectOf({
  url: isUrl,
  method: optional(isText),
  headers: optional(areHeaders),
  body: optional(isBytes),
  mode: optional(isText),
  credentials: optional(isText),
  cache: optional(isText),
  redirect: optional(isText),
  referrer: optional(isText),
  referrerPolicy: optional(isText),
  integrity: optional(isText),
});

/** A `FileProgress`. */
export const isFile = objectOf({
  url: isUrl,
  downloaded: isSize,
  downloadTotal: isSize,
  state: oneOf('waiting', 'downloading', 'done', 'failed'),
  status: isPlace,
  elsewhere: optional(isFlag),
});

export const isResult = oneOf('', 'success', 'failure');
export const isReason = oneOf('', 'aborted', 'bad-status', 'fetch-error', 'quota-exceeded', 'download-total-exceeded');
export const isCause = oneOf('integrity', 'storage', 'unattended');
export const isWait = oneOf('network', 'retry', 'turn', 'wifi', 'click');
