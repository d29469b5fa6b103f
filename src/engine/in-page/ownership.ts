/** One page at a time moves the bytes of a scope: whoever holds the lock, and the next in line when that page goes. */

/** Runs `work` while this page owns `name`; stops it when the page is put away and starts it again when it is back. */
export function own(name: string, work: (signal: AbortSignal) => Promise<void>): void {
  let turn = new AbortController();
  const begin = (): void => {
    turn = new AbortController();
    const { signal } = turn;
    const run = (): Promise<void> => (signal.aborted ? Promise.resolve() : work(signal));
    // Without Web Locks every page takes itself for the only one.
    const held = 'locks' in navigator ? navigator.locks.request(name, { signal }, run) : run();
    held.catch((error: unknown) => {
      if (!signal.aborted) reportError(error);
    });
  };
  // A page in the back-forward cache neither runs nor lets go by itself.
  window.addEventListener('pagehide', () => turn.abort(new DOMException('The page was put away.', 'AbortError')));
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) begin();
  });
  begin();
}
