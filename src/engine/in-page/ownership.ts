/** One page at a time moves the bytes of a scope: whoever holds the lock, and the next in line when that page goes. */

/** Starts `work` when this page owns `name`, stops it when the page is put away, and starts it again when it is back. */
export function own(name: string, work: (signal: AbortSignal) => Promise<void>): void {
  let turn = new AbortController();
  const begin = (): void => {
    const { signal } = (turn = new AbortController());
    // The page in the back-forward cache does nothing any more, so it lets go in the very task that puts it there.
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        work(signal).catch(report);
      });
    const report = (error: unknown): void => {
      if (!signal.aborted) reportError(error);
    };
    // Without Web Locks every page takes itself for the only one.
    ('locks' in navigator ? navigator.locks.request(name, { signal }, hold) : hold()).catch(report);
  };
  window.addEventListener('pagehide', () => turn.abort(new DOMException('The page was put away.', 'AbortError')));
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) begin();
  });
  begin();
}
