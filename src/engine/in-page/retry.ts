/** When to try again: what the server asks for, else exponential back-off with jitter; and how to wait for it. */

/** Answers that say "not now" rather than "no". */
export const TEMPORARY_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

/** How often a request is tried without a single new byte before it has failed. */
export const MAX_ATTEMPTS = 8;

const FIRST_DELAY = 1000;

/** The longest wait before the next attempt, in milliseconds. */
export const MAX_DELAY = 60_000;

/** How long to wait before attempt number `attempt` (1 is the first retry), in milliseconds. */
export function backOff(attempt: number): number {
  const delay = Math.min(FIRST_DELAY * 2 ** (attempt - 1), MAX_DELAY);
  return delay * (0.5 + Math.random() / 2);
}

/** Reads `Retry-After`, seconds or a date (RFC 9110 §10.2.3), as milliseconds since the epoch. */
export function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  if (/^\d+$/.test(text)) return now + Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(date, now);
}

/** Waits until a moment on the clock; rejects when the signal aborts. */
export async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  for (let left = time - Date.now(); left > 0; left = time - Date.now()) await pause(left, signal);
}

/** Waits until the browser says it has a network; rejects when the signal aborts. */
export async function waitForNetwork(signal: AbortSignal): Promise<void> {
  while (!navigator.onLine) await pause(MAX_TIMER, signal);
}

/** Longest time a single timer is trusted with: a computer that slept wakes up late otherwise. */
const MAX_TIMER = 30_000;

/** Waits for that long at most: it is over when the network is back, too. */
async function pause(time: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const timer = setTimeout(resolve, Math.min(time, MAX_TIMER));
  addEventListener('online', resolve);
  signal.addEventListener('abort', resolve);
  await promise;
  signal.removeEventListener('abort', resolve);
  removeEventListener('online', resolve);
  clearTimeout(timer);
  signal.throwIfAborted();
}
