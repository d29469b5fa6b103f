/** Notices when nothing arrives: says so after a while, and cuts the line after a longer one. */

import { Fault } from './fault.js';

/** Watches one exchange. */
export interface Watchdog {
  /** Aborts, with a fault, when the silence was too long. */
  readonly signal: AbortSignal;
  /** Bytes came. */
  feed(): void;
  end(): void;
}

/** `patience` in milliseconds is how long silence is borne; it is told after a sixth of that. */
export function watch(patience: number, tell: (silent: boolean) => void): Watchdog {
  const cut = new AbortController();
  let heard = performance.now();
  let wasSilent = false;
  const timer = setInterval(() => {
    const silence = performance.now() - heard;
    if (silence >= patience) cut.abort(new Fault('network', `No bytes came for ${Math.round(patience / 1000)} s.`));
    const silent = silence >= patience / 6;
    if (silent !== wasSilent) tell(silent);
    wasSilent = silent;
  }, patience / 30);
  return {
    signal: cut.signal,
    feed: () => (heard = performance.now()),
    end: () => clearInterval(timer),
  };
}
