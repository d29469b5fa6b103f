/** Notices when nothing arrives: says so after a while, and cuts the line after a longer one. */

/** Watches one exchange. */
export class Watchdog {
  readonly #cut = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #heard = performance.now();
  #silent = false;

  /** `patience` in milliseconds is how long silence is borne; it is told after a sixth of that. */
  constructor(patience: number, tell: (silent: boolean) => void) {
    this.#timer = setInterval(() => {
      const silence = performance.now() - this.#heard;
      if (silence >= patience)
        this.#cut.abort(new DOMException(`No bytes came for ${Math.round(patience / 1000)} s.`, 'TimeoutError'));
      const silent = silence >= patience / 6;
      if (silent !== this.#silent) tell((this.#silent = silent));
    }, patience / 30);
  }

  /** Aborts when the silence was too long. */
  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  /** Bytes came. */
  feed(): void {
    this.#heard = performance.now();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
