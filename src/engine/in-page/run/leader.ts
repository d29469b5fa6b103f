/** Leader election by Web Lock: one page at a time runs the jobs of a scope; the next one follows when it is closed. */

import { aborted } from './aborted.js';

/** Starts `work` when this page holds the lock `name`; stops it when the page enters the back-forward cache, and queues again when it is restored. */
export function runAsLeader(name: string, work: (signal: AbortSignal) => Promise<void>): void {
  let turn = new AbortController();
  const begin = (): void => {
    const { signal } = (turn = new AbortController());
    // A page in the back-forward cache runs no script, so the lock is released in the `pagehide` task.
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
