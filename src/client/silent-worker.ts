/** A worker that does not answer, probably because it lacks the line of this kit, is remembered, so that a later visit waits less for it. */

const KEY = 'bg-fetch-elements: silent worker';

/** Timeout of the attempts to reach a worker that was silent before, in milliseconds. */
const TIMEOUTS = [1000];

/** Returns the timeouts of a first call of this worker; undefined for the usual ones. */
export function firstTimeouts({ scriptURL }: ServiceWorker): readonly number[] | undefined {
  return read() === scriptURL ? TIMEOUTS : undefined;
}

/** Remembers whether a worker answered. */
export function noteAnswer({ scriptURL }: ServiceWorker, hasAnswered: boolean): void {
  try {
    if (!hasAnswered) localStorage.setItem(KEY, scriptURL);
    else if (read() === scriptURL) localStorage.removeItem(KEY);
  } catch {
    // Without storage each visit waits.
  }
}

/** Returns the error of a worker that does not answer, with the remedy. */
export function silenceOf({ scriptURL }: ServiceWorker, cause: DOMException): Error {
  const remedy = `Add the line of this kit to ${scriptURL}, or give the provider a worker that has it.`;
  return new Error(`${cause.message} ${remedy}`, { cause });
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
