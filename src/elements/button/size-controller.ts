/** Requests the size of a download once its button is visible and the page is idle. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** The part of the host that the controller uses. */
export interface SizeSource {
  readonly isWanted: () => boolean;
  readonly urls: () => readonly string[];
  readonly request: () => Promise<number> | undefined;
  readonly onSize: (size: number) => void;
}

/** Maximum number of URLs of one button; for more, no request is sent. */
const MAX_URLS = 4;

/** Timeout for an idle moment, in milliseconds. */
const IDLE_TIMEOUT = 5000;

/** Provides the download size to its host. */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #source: SizeSource;
  #observer: IntersectionObserver | undefined;
  #key = '';
  #requestedKey = '';
  #isVisible = false;

  constructor(host: ReactiveControllerHost & Element, question: SizeSource) {
    this.#host = host;
    this.#source = question;
    host.addController(this);
  }

  hostConnected(): void {
    if (isServer || !('IntersectionObserver' in globalThis)) return;
    this.#observer = new IntersectionObserver((entries) => {
      this.#isVisible = entries.some(({ isIntersecting }) => isIntersecting);
      this.#requestWhenIdle();
    });
    this.#observer.observe(this.#host);
  }

  hostUpdate(): void {
    const key = this.#source.urls().join(' ');
    if (key === this.#key) return;
    this.#key = key;
    this.#source.onSize(0);
  }

  hostUpdated(): void {
    this.#requestWhenIdle();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#isVisible = false;
    this.#requestedKey = '';
  }

  #requestWhenIdle(): void {
    if (!this.#isVisible || !this.#source.isWanted()) return;
    const urls = this.#source.urls();
    const key = urls.join(' ');
    if (key === '' || key === this.#requestedKey) return;
    this.#requestedKey = key;
    if (urls.length > MAX_URLS) return;
    whenIdle(() => {
      if (this.#requestedKey === key && this.#isVisible && this.#source.isWanted()) void this.#request(key);
      // The button was scrolled out of view: requested again when it is visible.
      else if (this.#requestedKey === key) this.#requestedKey = '';
    });
  }

  async #request(key: string): Promise<void> {
    const size = await this.#source.request()?.catch(() => 0);
    if (this.#key === key) this.#source.onSize(size ?? 0);
  }
}

function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(task, { timeout: IDLE_TIMEOUT });
  else setTimeout(task);
}
