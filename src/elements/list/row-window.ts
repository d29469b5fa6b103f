/** Virtual list: only rows near the viewport are rendered; gaps of equal height replace the others. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../../manager/record.js';
import type { Group } from '../../view/groups.js';
import type { RowElement } from '../item/row-element.js';
import { setVisible } from './unseen-rows.js';

/** Number of rows rendered before the scroll position is known. */
const FIRST_ROWS = 12;
/** Lists with fewer rows are not virtual. */
const MAX_WHOLE = 60;
/** Number of extra rows rendered at once, so that not every frame renders. */
const EXTRA_ROWS = 2;
/** Distance beyond the viewport that is rendered. */
const MARGIN = '75% 0%';
/** No row is rendered while scrolling faster than this, in pixels per frame: it would be out of view before it is seen. */
const FAST_SCROLL = 200;
/** Height of a row in pixels until one is measured. */
const DEFAULT_HEIGHT = 76;

/** A rendered row. */
export interface RowPiece {
  readonly key: string;
  readonly group: Group;
  readonly record: FetchRecord;
  readonly index: number;
}

/** A gap in place of rows; `height` in pixels. */
export interface GapPiece {
  readonly key: string;
  readonly records: readonly FetchRecord[];
  readonly start: number;
  readonly end: number;
  readonly height: number;
  readonly rowHeight: number;
}

/** Position of a record in its group. */
interface Place {
  readonly record: FetchRecord;
  readonly index: number;
}
type Places = ReadonlyMap<string | undefined, Place>;

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };

/** Selects the rows of a list to render, and computes the gaps. Each piece is rendered with its key as `data-key`. */
export class RowWindow implements ReactiveController {
  /** Sets the number of rows before they are requested. */
  rows = 0;

  readonly #host: Host;
  readonly #near = new Set<string>();
  /** Usual height of the rows in a group, and other heights by id. */
  readonly #usualHeights = new Map<Group, number>();
  readonly #heights = new Map<string, number>();
  readonly #pieces = new Map<string, RowPiece | GapPiece>();
  readonly #places = new WeakMap<readonly FetchRecord[], Places>();
  readonly #observed = new Set<Element>();
  /** Last observed position of each gap. */
  readonly #tops = new WeakMap<Element, number>();
  #observer: IntersectionObserver | undefined;
  #visibilityObserver: IntersectionObserver | undefined;
  #width = 0;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Returns the rows and gaps of a group that follows `before` others; rows in `kept` are always rendered. */
  piecesOf(
    group: Group,
    records: readonly FetchRecord[],
    before: number,
    kept: ReadonlySet<string | undefined>,
  ): readonly (RowPiece | GapPiece)[] {
    const pieces: (RowPiece | GapPiece)[] = [];
    const usual = this.#usualHeights.get(group) ?? DEFAULT_HEIGHT;
    const places = this.#placesOf(records);
    const measured = placed(this.#heights.keys(), places);
    let start = 0;
    const close = (end: number) => {
      if (end > start) {
        const more = measured.map(({ index, record }) =>
          index >= start && index < end ? (this.#heights.get(record.id) ?? usual) - usual : 0,
        );
        const height = more.reduce((sum, each) => sum + each, (end - start) * usual);
        pieces.push({ key: `gap ${group} ${start} ${end}`, records, start, end, height, rowHeight: usual });
      }
      start = end + 1;
    };
    for (const { index, record } of this.#renderedOf(records, places, before, kept)) {
      close(index);
      pieces.push({ key: `row ${record.id}`, group, record, index });
    }
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
    const rendered = new Set(this.#host.renderRoot.querySelectorAll('[data-key]'));
    this.#observer ??= this.#observe();
    this.#visibilityObserver ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isRow(target)) setVisible(target, isIntersecting);
    });
    for (const element of rendered) {
      if (this.#observed.has(element)) continue;
      this.#observer.observe(element);
      if (isRow(element)) this.#visibilityObserver.observe(element);
      this.#observed.add(element);
    }
    for (const element of this.#observed) {
      if (rendered.has(element)) continue;
      this.#observer.unobserve(element);
      this.#visibilityObserver.unobserve(element);
      this.#observed.delete(element);
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#visibilityObserver?.disconnect();
    this.#visibilityObserver = undefined;
    // Their visibility is no longer observed.
    for (const element of this.#observed) if (isRow(element)) setVisible(element, true);
    this.#observed.clear();
  }

  get #isWhole(): boolean {
    return isServer || this.rows <= MAX_WHOLE;
  }

  /** Rendered records in order. The cost depends on the rendered rows, not on the length of the list. */
  #renderedOf(
    records: readonly FetchRecord[],
    places: Places,
    before: number,
    kept: ReadonlySet<string | undefined>,
  ): readonly Place[] {
    // Until the scroll position is known it is assumed to be the top. Rows stay rendered when a list becomes long.
    const first = this.#isWhole ? Infinity : this.#observer ? 0 : FIRST_ROWS - before;
    for (const { id } of records.slice(0, Math.max(0, first))) this.#near.add(id);
    return placed(new Set([...this.#near, ...kept]), places).sort((a, b) => a.index - b.index);
  }

  #placesOf(records: readonly FetchRecord[]): Places {
    let places = this.#places.get(records);
    if (!places) this.#places.set(records, (places = new Map(records.map((record, index) => [record.id, { index, record }]))));
    return places;
  }

  #observe(): IntersectionObserver {
    // `rootMargin` does not apply inside nested scroll containers; `scrollMargin` does, in browsers that have it.
    const options: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: MARGIN, scrollMargin: MARGIN };
    return new IntersectionObserver((entries) => {
      let changed = false;
      for (const entry of entries) {
        const piece = this.#pieces.get((entry.target as HTMLElement).dataset['key'] ?? '');
        if (piece) changed = ('record' in piece ? this.#handleRow(piece, entry) : this.#handleGap(piece, entry)) || changed;
      }
      if (changed) this.#host.requestUpdate();
    }, options);
  }

  /** Renders the near part of a gap; the remainder becomes a new gap and is observed again. */
  #handleGap(
    { records, start, end }: GapPiece,
    { target, isIntersecting, intersectionRect, boundingClientRect }: IntersectionObserverEntry,
  ) {
    if (!isIntersecting) return false;
    const { top, height } = boundingClientRect;
    const before = this.#tops.get(target);
    this.#tops.set(target, top);
    if (before === undefined || Math.abs(top - before) > FAST_SCROLL) {
      this.#observer?.unobserve(target);
      this.#observer?.observe(target);
      return false;
    }
    const rowHeight = height / (end - start);
    const first = start + Math.floor((intersectionRect.top - top) / rowHeight);
    const last = start + Math.ceil((intersectionRect.bottom - top) / rowHeight);
    for (const { id } of records.slice(Math.max(start, first - EXTRA_ROWS), Math.min(end, last + EXTRA_ROWS))) this.#near.add(id);
    return true;
  }

  /** A row that leaves the viewport is removed with the next render; it does not request one. */
  #handleRow(
    { record: { id }, group, index }: RowPiece,
    { target, isIntersecting, boundingClientRect }: IntersectionObserverEntry,
  ) {
    if (isIntersecting) this.#near.add(id);
    else this.#near.delete(id);
    return this.#measure(target, id, group, index, boundingClientRect);
  }

  /** Stores the height of a row; returns true if it is the first of its group. */
  #measure(row: Element, id: string, group: Group, index: number, { width, height }: DOMRectReadOnly): boolean {
    // The row is not rendered yet, or hidden.
    if (height === 0 || !row.shadowRoot?.firstElementChild) return false;
    if (width !== this.#width) {
      this.#width = width;
      this.#usualHeights.clear();
      this.#heights.clear();
    }
    const usual = this.#usualHeights.get(group);
    // The first row has no border above it.
    const isFirst = usual === undefined && index > 0;
    if (isFirst) this.#usualHeights.set(group, height);
    else if (height !== usual) this.#heights.set(id, height);
    else this.#heights.delete(id);
    return isFirst;
  }
}

/** Returns the positions of the ids that are in the list. */
function placed(ids: Iterable<string | undefined>, places: Places): Place[] {
  return [...ids].flatMap((id) => places.get(id) ?? []);
}

function isRow(element: Element): element is RowElement {
  return element.localName === 'bg-fetch-item';
}
