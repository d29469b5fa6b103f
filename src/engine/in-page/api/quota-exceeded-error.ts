/** `QuotaExceededError` as a class (WebIDL), for browsers where it is only a name of `DOMException`. */

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

  /** Quota in bytes; null if unknown. */
  get quota(): number | null {
    return this.#options.quota ?? null;
  }

  /** Requested bytes; null if unknown. */
  get requested(): number | null {
    return this.#options.requested ?? null;
  }

  /** The browser's own errors are instances too, so that `instanceof` is reliable. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof DOMException && value.name === 'QuotaExceededError';
  }
}
