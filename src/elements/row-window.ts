/** Long lists: only the rows near the view are drawn, the others keep their place. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import type { Group } from '../view/groups.js';

/** So many rows are drawn before it is known where the view is. */
const FIRST = 12;
/** Shorter lists are drawn whole. */
const SHORT = 60;
/** So many more are drawn at a time than the view needs, so that not each frame has to. */
const AHEAD = 2;
/** How far beyond the view is drawn. */
const MARGIN = '75% 0%';
/** While the view moves on by more than this in a frame, in pixels, nothing is drawn: it would be gone before it is seen. */
const RUSH = 200;
/** Height of a row in pixels before one has been measured. */
const GUESS = 76;

/** A row that is drawn. */
export interface RowPiece {
  readonly key: string;
  readonly group: Group;
  readonly record: FetchRecord;
  readonly index: number;
}

/** The place of those between two of them, `height` in pixels. */
export interface GapPiece {
  readonly key: string;
  readonly records: readonly FetchRecord[];
  readonly start: number;
  readonly end: number;
  readonly height: number;
  readonly rowHeight: number;
}

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };

/** Knows which rows of a list are drawn, and how high the others stand. Each piece is drawn with its key as `data-key`. */
export class RowWindow implements ReactiveController {
  /** Says how many rows there are before they are asked for. */
  rows = 0;

  readonly #host: Host;
  readonly #near = new Set<string>();
  /** The height of most rows in a group, and of those that are higher or lower, by id. */
  readonly #usual = new Map<Group, number>();
  readonly #heights = new Map<string, number>();
  readonly #pieces = new Map<string, RowPiece | GapPiece>();
  readonly #observed = new Set<Element>();
  /** Where a gap stood when it was last looked at. */
  readonly #tops = new WeakMap<Element, number>();
  #observer: IntersectionObserver | undefined;
  #width = 0;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** What stands for the rows of a group that follows so many others; those `kept` are drawn wherever they are. */
  piecesOf(
    group: Group,
    records: readonly FetchRecord[],
    before: number,
    kept: ReadonlySet<string | undefined>,
  ): readonly (RowPiece | GapPiece)[] {
    const pieces: (RowPiece | GapPiece)[] = [];
    const usual = this.#usual.get(group) ?? GUESS;
    let start = 0;
    let height = 0;
    const close = (end: number) => {
      if (end > start) pieces.push({ key: `gap ${group} ${start} ${end}`, records, start, end, height, rowHeight: usual });
      start = end + 1;
      height = 0;
    };
    records.forEach((record, index) => {
      if (this.#isDrawn(record.id, before + index) || kept.has(record.id)) {
        close(index);
        pieces.push({ key: `row ${record.id}`, group, record, index });
      } else {
        height += this.#heights.get(record.id) ?? usual;
      }
    });
    close(records.length);
    for (const piece of pieces) this.#pieces.set(piece.key, piece);
    return pieces;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#pieces.clear();
  }

  hostUpdated(): void {
    if (this.#isWhole) {
      this.hostDisconnected();
      return;
    }
    const drawn = new Set(this.#host.renderRoot.querySelectorAll('[data-key]'));
    this.#observer ??= this.#observe();
    for (const element of drawn) {
      if (this.#observed.has(element)) continue;
      this.#observer.observe(element);
      this.#observed.add(element);
    }
    for (const element of this.#observed) {
      if (drawn.has(element)) continue;
      this.#observer.unobserve(element);
      this.#observed.delete(element);
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed.clear();
  }

  get #isWhole(): boolean {
    return isServer || this.rows <= SHORT;
  }

  #isDrawn(id: string, index: number): boolean {
    // Until it has been looked where the view is, that is taken to be the top. What is drawn when a list becomes long stays.
    if (this.#isWhole || (!this.#observer && index < FIRST)) this.#near.add(id);
    return this.#near.has(id);
  }

  #observe(): IntersectionObserver {
    // A margin of the root does not reach into a box that scrolls inside the page; `scrollMargin` does, where there is one.
    const options: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: MARGIN, scrollMargin: MARGIN };
    return new IntersectionObserver((entries) => {
      let changed = false;
      for (const entry of entries) {
        const piece = this.#pieces.get((entry.target as HTMLElement).dataset['key'] ?? '');
        if (piece) changed = ('record' in piece ? this.#noteRow(piece, entry) : this.#noteGap(piece, entry)) || changed;
      }
      if (changed) this.#host.requestUpdate();
    }, options);
  }

  /** A gap that comes near is drawn as far as it is; what is left of it is another gap, and looked at anew. */
  #noteGap(
    { records, start, end }: GapPiece,
    { target, isIntersecting, intersectionRect, boundingClientRect }: IntersectionObserverEntry,
  ) {
    if (!isIntersecting) return false;
    const { top, height } = boundingClientRect;
    const before = this.#tops.get(target);
    this.#tops.set(target, top);
    if (before === undefined || Math.abs(top - before) > RUSH) {
      this.#observer?.unobserve(target);
      this.#observer?.observe(target);
      return false;
    }
    const rowHeight = height / (end - start);
    const first = start + Math.floor((intersectionRect.top - top) / rowHeight);
    const last = start + Math.ceil((intersectionRect.bottom - top) / rowHeight);
    for (const { id } of records.slice(Math.max(start, first - AHEAD), Math.min(end, last + AHEAD))) this.#near.add(id);
    return true;
  }

  /** A row that leaves is gone with the next drawing; for that alone there is none. */
  #noteRow(
    { record: { id }, group, index }: RowPiece,
    { target, isIntersecting, boundingClientRect }: IntersectionObserverEntry,
  ) {
    if (isIntersecting) this.#near.add(id);
    else this.#near.delete(id);
    return this.#measure(target, id, group, index, boundingClientRect);
  }

  /** True when this is the first to be known of its group. */
  #measure(row: Element, id: string, group: Group, index: number, { width, height }: DOMRectReadOnly): boolean {
    // Nothing is there of it yet, or it is not shown.
    if (height === 0 || !row.shadowRoot?.firstElementChild) return false;
    if (width !== this.#width) {
      this.#width = width;
      this.#usual.clear();
      this.#heights.clear();
    }
    const usual = this.#usual.get(group);
    // The first row has no line above it.
    const isFirst = usual === undefined && index > 0;
    if (isFirst) this.#usual.set(group, height);
    else if (height !== usual) this.#heights.set(id, height);
    else this.#heights.delete(id);
    return isFirst;
  }
}
