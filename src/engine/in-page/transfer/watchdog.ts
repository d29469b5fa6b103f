/** Detects stalls: reports one after a while, and aborts the request after a longer time. */

import { TransferError } from '../transport/transfer-error.js';

/** Watches one exchange. */
export interface Watchdog {
  /** Aborts with a `TransferError` after the timeout. */
  readonly signal: AbortSignal;
  /** Restarts the timeout when bytes arrive. */
  restart(): void;
  stop(): void;
}

/** Factor of the timeout before the first byte: a server may have to create the file first. */
const FIRST_BYTE_FACTOR = 2;

/**
 * Aborts after `timeout` milliseconds times `factor` without data, twice that before the first byte. Reports a stall after a sixth of
 * `timeout`.
 */
export function watch(timeout: number, factor: number, onSilence: (silent: boolean) => void): Watchdog {
  const control = new AbortController();
  let receivedAt = performance.now();
  let limit = timeout * factor * FIRST_BYTE_FACTOR;
  let wasSilent = false;
  const timer = setInterval(() => {
    const silence = performance.now() - receivedAt;
    if (silence >= limit)
      control.abort(new TransferError('network', `No bytes were received for ${Math.round(limit / 1000)} s.`));
    const silent = silence >= timeout / 6;
    if (silent !== wasSilent) onSilence(silent);
    wasSilent = silent;
  }, timeout / 30);
  return {
    signal: control.signal,
    restart() {
      receivedAt = performance.now();
      limit = timeout * factor;
    },
    stop: () => clearInterval(timer),
  };
}
