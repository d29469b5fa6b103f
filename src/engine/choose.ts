/** Chooses between the native and the in-page engine (docs/decisions/0008). */
import type { EngineName } from './engine.js';

/** Engine of a client: `auto` prefers the native engine if it supports the requests. */
export type EngineChoice = 'auto' | EngineName;

/** Returns the engine for these requests. `permit` reserves a native start; undefined without a native engine. */
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

/**
 * Returns true if the browser rejected the start because a permission or a free place is missing, which the in-page engine does not need. Chromium 156
 * throws `TypeError` where the standard has `NotAllowedError` (docs/decisions/0007).
 */
export function wasRefused(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === 'NotAllowedError' || (name === 'TypeError' && /permission|too many active|not allowed/i.test(message));
}

const SIMPLE_METHODS = new Set(['GET', 'HEAD', 'POST']);
const SIMPLE_HEADERS = new Set(['accept', 'accept-language', 'content-language', 'content-type', 'range']);
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** Returns true for a cross-origin request that needs a preflight (Fetch, section 2.2.2). */
function needsPreflight({ url, method, headers }: Request): boolean {
  if (new URL(url).origin === location.origin) return false;
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (!SIMPLE_METHODS.has(method) || (type !== undefined && !SIMPLE_TYPES.has(type))) return true;
  return [...headers.keys()].some((name) => !SIMPLE_HEADERS.has(name));
}
