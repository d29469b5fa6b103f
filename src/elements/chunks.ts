/** Long lists in pieces: only those near the view are drawn, the others keep their place. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** Rows in one piece. */
export const CHUNK = 20;
/** So many rows are drawn before it is known where the view is. */
const FIRST = 20;
/** Shorter lists are drawn whole. */
const SHORT = 60;
/** How far beyond the view is drawn. */
const MARGIN = '75% 0%';
/** Height of a row in pixels before one has been measured. */
const GUESS = 76;

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment; readonly isConnected: boolean };

/** Knows which pieces of a list are drawn, and how high the others stand. */
export class ChunkController implements ReactiveController {
  readonly #host: Host;
  readonly #near = new Set<string>();
  readonly #heights = new Map<string, number>();
  readonly #observed = new Set<Element>();
  #keys: string[] = [];
  #observedKeys = '';
  #observer: IntersectionObserver | undefined;
  #rowHeight = GUESS;
  #rows = 0;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Says how many rows there are before they are asked for. */
  set rows(rows: number) {
    this.#rows = rows;
  }

  /** True when the piece is to be drawn. */
  isDrawn(key: string, index: number): boolean {
    if (isServer || this.#rows <= SHORT) return true;
    this.#keys.push(key);
    // Until it has been looked where the view is, that is taken to be the top.
    if (!this.#observer && index < FIRST / CHUNK) this.#near.add(key);
    return this.#near.has(key);
  }

  /** The height of a piece that is not drawn, in pixels. */
  heightOf(key: string, rows: number): number {
    return this.#heights.get(key) ?? rows * this.#rowHeight;
  }

  /** Draws a piece wherever it is. */
  reveal(key: string): void {
    this.#near.add(key);
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#keys = [];
  }

  hostUpdated(): void {
    if (isServer || this.#rows <= SHORT) {
      this.hostDisconnected();
      return;
    }
    const keys = this.#keys.join();
    if (keys === this.#observedKeys) return;
    this.#observedKeys = keys;
    const chunks = new Set(this.#host.renderRoot.querySelectorAll('.chunk'));
    this.#observer ??= this.#observe();
    for (const chunk of chunks) {
      if (this.#observed.has(chunk)) continue;
      this.#observer.observe(chunk);
      this.#observed.add(chunk);
    }
    for (const chunk of this.#observed) {
      if (chunks.has(chunk)) continue;
      this.#observer.unobserve(chunk);
      this.#observed.delete(chunk);
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed.clear();
    this.#observedKeys = '';
  }

  #observe(): IntersectionObserver {
    // A margin of the root does not reach into a box that scrolls inside the page; `scrollMargin` does, where there is one.
    const options: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: MARGIN, scrollMargin: MARGIN };
    return new IntersectionObserver((entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries)
        this.#note(target as HTMLElement, isIntersecting, boundingClientRect.height);
      this.#host.requestUpdate();
    }, options);
  }

  #note(chunk: HTMLElement, isNear: boolean, height: number): void {
    const key = chunk.dataset['key'] ?? '';
    if (isNear) {
      this.#near.add(key);
      return;
    }
    if (chunk.childElementCount > 0) {
      this.#heights.set(key, height);
      this.#rowHeight = height / chunk.childElementCount;
    }
    // The row that has the focus stays.
    if (!chunk.matches(':focus-within')) this.#near.delete(key);
  }
}
