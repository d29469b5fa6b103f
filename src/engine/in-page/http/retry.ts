/** Retry delays: `Retry-After`, else exponential back-off with jitter. */
import { deferred } from '../../../standard/older-browsers.js';
export { TEMPORARY_STATUS } from '../../../standard/temporary-status.js';

/** Maximum attempts without a new byte, where the server answers or the storage fails. A server that is away is tried for ever. */
export const MAX_ATTEMPTS = 8;

const FIRST_DELAY = 1000;

/** Maximum back-off, in milliseconds. */
export const MAX_DELAY = 60_000;

/** Returns the back-off before attempt number `attempt` (1 is the first retry), in milliseconds. */
export function backOff(attempt: number): number {
  const delay = Math.min(FIRST_DELAY * 2 ** (attempt - 1), MAX_DELAY);
  return delay * (0.5 + Math.random() / 2);
}

/** Maximum of `Retry-After`, in milliseconds. */
export const LONGEST_WAIT = 24 * 60 * 60 * 1000;

/** Delay instead of a longer one, in milliseconds, which is a mistake of the server. */
const MISTAKEN_WAIT = 60 * 60 * 1000;

/**
 * Converts `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), to a delay in milliseconds: 0 if it is in the past or invalid, an
 * hour if it is longer than a day.
 */
export function retryAfter(value: string | null, now: number): number {
  const text = value?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : 0;
  // Every HTTP date begins with a day of the week; `Date.parse()` accepts other strings too.
  const date = /^[a-z]{3}/i.test(text) ? Date.parse(text) : NaN;
  const delay = Math.max(seconds * 1000, date - now || 0, 0);
  return delay > LONGEST_WAIT ? MISTAKEN_WAIT : delay;
}

/**
 * Resolves after a delay in milliseconds; rejects when the signal aborts. The delay ends by the monotonic or the wall clock, whichever is
 * first: the former may stop during sleep, the latter may be set. `onSet` is called with the new end when the wall clock is set. If `endsEarly`,
 * the delay ends when the network is back or the page is shown again.
 */
export async function waitFor(
  time: number,
  signal: AbortSignal,
  onSet: (until: number) => void,
  endsEarly = false,
): Promise<void> {
  const begun = performance.now();
  let until = Date.now() + time;
  for (;;) {
    const left = Math.min(begun + time - performance.now(), until - Date.now());
    if (left <= 0) return;
    if (until - Date.now() - left > CLOCK_TOLERANCE) onSet((until = Date.now() + left));
    if ((await pause(left, signal)) && endsEarly) return;
  }
}

/** Resolves when the browser is online, or after a timeout in milliseconds, as the browser may be wrong. Rejects when the signal aborts. */
export async function waitForNetwork(time: number, signal: AbortSignal): Promise<void> {
  const begun = performance.now();
  for (let left = time; !navigator.onLine && left > 0; left = begun + time - performance.now()) await pause(left, signal);
}

/** Tolerated difference of the clocks, in milliseconds. */
const CLOCK_TOLERANCE = 5000;

/** Longest single timer, in milliseconds, so that the end of a sleep is noticed. */
const MAX_TIMER = 30_000;

/** Resolves with false after a delay; with true when the network is back or the page is shown again. */
async function pause(time: number, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const { promise, resolve } = deferred<boolean>();
  const timer = setTimeout(resolve, Math.min(time, MAX_TIMER), false);
  addEventListener('online', () => resolve(true), ended);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && resolve(true), ended);
  signal.addEventListener('abort', () => resolve(false), ended);
  const isBack = await promise;
  ended.abort();
  clearTimeout(timer);
  signal.throwIfAborted();
  return isBack;
}
