/**
 * Counts the background fetches that Chromium 156 allows: one without, then one per user gesture, at most five active. A rejected start makes later
 * ones fail too, so none is tried in vain (docs/decisions/0007).
 */

/** Maximum number of active fetches per origin. */
const MAX_ACTIVE = 5;

/** Reason why a start has to wait. */
export type NativeWait = 'click' | 'turn';

export class NativeTurns {
  #clicks = 0;
  #used = -1;
  readonly #awaiting = new Set<() => void>();

  /** Counts user gestures from now on. */
  constructor(target: EventTarget = window) {
    const count = ({ isTrusted }: Event) => {
      if (!isTrusted) return;
      this.#clicks += 1;
      const [first] = this.#awaiting;
      first?.();
    };
    for (const type of ['pointerdown', 'keydown']) target.addEventListener(type, count, { capture: true, passive: true });
  }

  /** Reserves a start; returns the reason if it has to wait. `active` is the number of active fetches of the origin. */
  take(active: number): NativeWait | undefined {
    if (active >= MAX_ACTIVE) return 'turn';
    if (this.#used === this.#clicks) return 'click';
    this.#used = this.#clicks;
    return undefined;
  }

  /** Resolves with the next user gesture, in the order of the calls; aborting the signal leaves the queue. */
  click(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const next = () => {
        this.#awaiting.delete(next);
        resolve();
      };
      this.#awaiting.add(next);
      signal.addEventListener('abort', next);
    });
  }
}
