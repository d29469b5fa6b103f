/** When Chromium will let a page start a background fetch: once freely, then once a click, five at a time. A start it refuses spoils the later ones too, so it is not asked in vain. */

/** Active fetches an origin may have. */
const MOST = 5;

/** What a start would have to wait for. */
export type NativeWait = 'click' | 'turn';

export class NativeTurns {
  #clicks = 0;
  #used = -1;
  readonly #awaiting = new Set<() => void>();

  /** Counts the clicks and key presses of a person from now on. */
  constructor(target: EventTarget = window) {
    const count = ({ isTrusted }: Event) => {
      if (!isTrusted) return;
      this.#clicks += 1;
      const [first] = this.#awaiting;
      first?.();
    };
    for (const type of ['pointerdown', 'keydown']) target.addEventListener(type, count, { capture: true, passive: true });
  }

  /** Takes a turn, or says what it would have to wait for. `active` is how many fetches of the origin run. */
  take(active: number): NativeWait | undefined {
    if (active >= MOST) return 'turn';
    if (this.#used === this.#clicks) return 'click';
    this.#used = this.#clicks;
    return undefined;
  }

  /** Resolves at a click that nobody else waits for; the signal gives the place in line up. */
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
