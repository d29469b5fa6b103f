/** Long lists: only the rows near the view are drawn, and seldom while they are not in it; the others keep their place. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import type { Group } from '../view/groups.js';
import type { BgFetchItemElement } from './bg-fetch-item.js';
import { noteSight } from './unseen-rows.js';

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

/** Where a record stands in its group. */
interface Place {
  readonly record: FetchRecord;
  readonly index: number;
}
type Places = ReadonlyMap<string | undefined, Place>;

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
  readonly #places = new WeakMap<readonly FetchRecord[], Places>();
  readonly #observed = new Set<Element>();
  /** Where a gap stood when it was last looked at. */
  readonly #tops = new WeakMap<Element, number>();
  #observer: IntersectionObserver | undefined;
  #sight: IntersectionObserver | undefined;
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
    const places = this.#placesOf(records);
    const odd = placed(this.#heights.keys(), places);
    let start = 0;
    const close = (end: number) => {
      if (end > start) {
        const more = odd.map(({ index, record }) =>
          index >= start && index < end ? (this.#heights.get(record.id) ?? usual) - usual : 0,
        );
        const height = more.reduce((sum, each) => sum + each, (end - start) * usual);
        pieces.push({ key: `gap ${group} ${start} ${end}`, records, start, end, height, rowHeight: usual });
      }
      start = end + 1;
    };
    for (const { index, record } of this.#drawnOf(records, places, before, kept)) {
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
    const drawn = new Set(this.#host.renderRoot.querySelectorAll('[data-key]'));
    this.#observer ??= this.#observe();
    this.#sight ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isRow(target)) noteSight(target, isIntersecting);
    });
    for (const element of drawn) {
      if (this.#observed.has(element)) continue;
      this.#observer.observe(element);
      if (isRow(element)) this.#sight.observe(element);
      this.#observed.add(element);
    }
    for (const element of this.#observed) {
      if (drawn.has(element)) continue;
      this.#observer.unobserve(element);
      this.#sight.unobserve(element);
      this.#observed.delete(element);
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#sight?.disconnect();
    this.#sight = undefined;
    // Nobody tells any more which of them are seen.
    for (const element of this.#observed) if (isRow(element)) noteSight(element, true);
    this.#observed.clear();
  }

  get #isWhole(): boolean {
    return isServer || this.rows <= SHORT;
  }

  /** The records that are drawn, in their order. A drawing costs what is drawn, not what is there. */
  #drawnOf(
    records: readonly FetchRecord[],
    places: Places,
    before: number,
    kept: ReadonlySet<string | undefined>,
  ): readonly Place[] {
    // Until it has been looked where the view is, that is taken to be the top. What is drawn when a list becomes long stays.
    const first = this.#isWhole ? Infinity : this.#observer ? 0 : FIRST - before;
    for (const { id } of records.slice(0, Math.max(0, first))) this.#near.add(id);
    return placed(new Set([...this.#near, ...kept]), places).sort((a, b) => a.index - b.index);
  }

  #placesOf(records: readonly FetchRecord[]): Places {
    let places = this.#places.get(records);
    if (!places) this.#places.set(records, (places = new Map(records.map((record, index) => [record.id, { index, record }]))));
    return places;
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

/** The places of those of these ids that have one. */
function placed(ids: Iterable<string | undefined>, places: Places): Place[] {
  return [...ids].flatMap((id) => places.get(id) ?? []);
}

function isRow(element: Element): element is BgFetchItemElement {
  return element.localName === 'bg-fetch-item';
}
