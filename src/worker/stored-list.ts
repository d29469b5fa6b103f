/** List of stored URLs in memory: read when the worker starts, updated after changes. */
import type { Change } from '../manager/changes.js';
import { storedUrls, withoutFragment } from '../manager/response-store.js';

/** Maximum time that a request waits for the list, in milliseconds. */
const MAX_WAIT = 1000;

/** Delay before a failed read is repeated, in milliseconds. */
const RETRY_DELAY = 5000;

/** State of a URL: `unsure` while the list is being read; `document` if the stored response may become a document. */
export type UrlState = 'unsure' | 'unknown' | 'stored' | 'document';

/** List of stored URLs; the old list is used while a new one is read. */
export class StoredList {
  #urls: ReadonlyMap<string, boolean> | undefined;
  /** URLs of downloads that changed since the list was read. */
  readonly #changed = new Set<string>();
  #reading: Promise<void> | undefined;
  #isStale = false;
  /** True if the list took too long: then no request waits for it. */
  #isSlow = false;
  readonly #read: () => Promise<ReadonlyMap<string, boolean>>;

  constructor(read: () => Promise<ReadonlyMap<string, boolean>> = storedUrls) {
    this.#read = read;
    this.#renew();
  }

  /** Updates the list after a change. Progress does not change stored URLs. */
  handleChange(change: Change): void {
    if ('record' in change) {
      const { record } = change;
      if (record.result === '' && !record.discardedAt) return;
      for (const { url } of record.requests) this.#changed.add(withoutFragment(url));
    }
    this.#renew();
  }

  stateOf(url: string): UrlState {
    const key = withoutFragment(url);
    if (this.#reading && (!this.#urls || this.#changed.has(key)) && !this.#isSlow) return 'unsure';
    const document = this.#urls?.get(key);
    return document === undefined ? 'unknown' : document ? 'document' : 'stored';
  }

  /** Resolves when the list is up to date, or after a second: a database that does not answer must not block a site. */
  async settled(): Promise<void> {
    if (!this.#reading || this.#isSlow) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#isSlow = true;
        resolve();
      }, MAX_WAIT);
    });
    await Promise.race([this.#reading, timeout]);
    clearTimeout(timer);
  }

  #renew(): void {
    this.#isStale = true;
    this.#reading ??= this.#readAll()
      .catch((error: unknown) => {
        reportError(error);
        setTimeout(() => this.#renew(), RETRY_DELAY);
      })
      .finally(() => {
        this.#reading = undefined;
        this.#isSlow = false;
      });
  }

  /** Reads the list, again if a change arrives meanwhile. */
  async #readAll(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      this.#urls = await this.#read();
    }
    this.#changed.clear();
  }
}
