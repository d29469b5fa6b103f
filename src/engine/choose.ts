/** The one place that asks "native or in page?". */
import type { EngineName } from './engine.js';

/** What a page asks for: `auto` takes the browser's own where it can carry the requests. */
export type EngineChoice = 'auto' | EngineName;

/** The engine for these requests; `permit` takes a native start's turn and is undefined where the browser has no such engine. */
export function chooseEngine(
  choice: EngineChoice,
  requests: readonly Request[],
  permit: (() => boolean) | undefined,
): EngineName {
  if (choice === 'native' && !permit) {
    throw new DOMException(
      'This browser has no Background Fetch for this page. Use engine "auto" or "in-page".',
      'NotSupportedError',
    );
  }
  if (choice !== 'auto') return choice;
  return permit && !requests.some(needsPreflight) && permit() ? 'native' : 'in-page';
}

/** True when the browser refused to start for want of permission or of room: the in-page engine needs neither (`TypeError` in Chromium, `NotAllowedError` in the standard). */
export function wasRefused(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === 'NotAllowedError' || (name === 'TypeError' && /permission|too many active|not allowed/i.test(message));
}

const SIMPLE_METHODS = new Set(['GET', 'HEAD', 'POST']);
const SIMPLE_HEADERS = new Set(['accept', 'accept-language', 'content-language', 'content-type', 'range']);
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** A cross-origin request beyond the simple ones (Fetch, section 2.2.2). */
function needsPreflight({ url, method, headers }: Request): boolean {
  if (new URL(url).origin === location.origin) return false;
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (!SIMPLE_METHODS.has(method) || (type !== undefined && !SIMPLE_TYPES.has(type))) return true;
  return [...headers.keys()].some((name) => !SIMPLE_HEADERS.has(name));
}
