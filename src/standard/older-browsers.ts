/** Methods that the oldest supported browsers lack: Chrome 111, Safari 16.4 and Firefox 115. */

/** Returns the URL, or undefined for an invalid one, as `URL.parse()` (Chrome 126, Safari 18, Firefox 126). */
export function parseUrl(url: string | URL, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/** A promise with the functions that settle it. */
export interface Deferred<Result> {
  readonly promise: Promise<Result>;
  readonly resolve: (value: Result | PromiseLike<Result>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Creates a promise, as `Promise.withResolvers()` (Chrome 119, Safari 17.4, Firefox 121). */
export function deferred<Result>(): Deferred<Result> {
  let resolve!: Deferred<Result>['resolve'];
  let reject!: Deferred<Result>['reject'];
  const promise = new Promise<Result>((fulfil, fail) => ([resolve, reject] = [fulfil, fail]));
  return { promise, resolve, reject };
}

/** Returns a signal that aborts with the first of these, as `AbortSignal.any()` (Chrome 116, Safari 17.4, Firefox 124). */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  if ('any' in AbortSignal) return AbortSignal.any([...signals]);
  const controller = new AbortController();
  for (const signal of signals) {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true, signal: controller.signal });
  }
  return controller.signal;
}
