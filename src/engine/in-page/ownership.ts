/** One page at a time moves the bytes of a scope: whoever holds the lock, and the next in line when that page goes. */

import { aborted } from './aborted.js';

/** Starts `work` when this page owns `name`, stops it when the page is put away, and starts it again when it is back. */
export function own(name: string, work: (signal: AbortSignal) => Promise<void>): void {
  let turn = new AbortController();
  const begin = (): void => {
    const { signal } = (turn = new AbortController());
    // The page in the back-forward cache does nothing any more, so it lets go in the very task that puts it there.
    const hold = (): Promise<unknown> => {
      work(signal).catch(report);
      return aborted(signal);
    };
    const report = (error: unknown): void => {
      if (!signal.aborted) reportError(error);
    };
    navigator.locks.request(name, { signal }, hold).catch(report);
  };
  window.addEventListener('pagehide', () => turn.abort());
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) begin();
  });
  begin();
}
