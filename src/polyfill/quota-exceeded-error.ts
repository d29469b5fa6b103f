/** `QuotaExceededError` as the interface that WebIDL makes of it, for browsers where it is the name of a `DOMException`. */

interface QuotaExceededErrorOptions {
  quota?: number;
  requested?: number;
}

export class QuotaExceededError extends DOMException {
  readonly #options: QuotaExceededErrorOptions;

  constructor(message = '', options: QuotaExceededErrorOptions = {}) {
    super(message, 'QuotaExceededError');
    this.#options = options;
  }

  /** What there is; null where that is not said. */
  get quota(): number | null {
    return this.#options.quota ?? null;
  }

  /** What was asked for; null where that is not said. */
  get requested(): number | null {
    return this.#options.requested ?? null;
  }

  /** The browser's own are of this class too, so that who finds the class can rely on it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof DOMException && value.name === 'QuotaExceededError';
  }
}
