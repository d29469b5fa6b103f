/** Keyboard navigation of a list: one tab stop, arrow keys, and a focus that survives added and removed rows. */
import type { LitElement } from 'lit';
import type { FetchRecord } from '../../manager/record.js';
import type { RowElement } from '../item/row-element.js';

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity,
};

/** Tracks the row with the tab stop of its list. */
export class RowFocus {
  readonly #host: LitElement;
  #current: string | undefined;
  #rows: readonly FetchRecord[] = [];
  #saved: { readonly id: string; readonly index: number; readonly action: number } | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Id of the row with the tab stop. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Ids of rows that are rendered even out of view: those with the tab stop and the focus. */
  get kept(): ReadonlySet<string | undefined> {
    return new Set([this.#current, this.#saved?.id]);
  }

  /** Stores the current focus; call it before each render. */
  save(): void {
    const item = this.#host.hasUpdated ? this.#focusedItem() : undefined;
    const id = item && idOf(item);
    this.#saved = item && id !== undefined ? { id, index: this.#indexOf(id), action: item.focusedAction } : undefined;
  }

  /** Sets the rows that will be rendered. */
  set rows(rows: readonly FetchRecord[]) {
    this.#rows = rows;
    if (!rows.some((row) => row.id === this.#current)) this.#current = rows[0]?.id;
  }

  /** Restores the focus after a render: on a row that moved to another group, or near a removed one. */
  restore(): void {
    if (!this.#saved || this.#focusedItem()) return;
    const { id, index, action } = this.#saved;
    const nearest = this.#rows[Math.min(Math.max(0, index), this.#rows.length - 1)]?.id;
    const to = this.#indexOf(id) < 0 ? nearest : id;
    if (to !== undefined) void this.#focus(to, action);
  }

  /** Moves the tab stop to the focused row. */
  follow(event: FocusEvent): void {
    const item = (event.target as Element).closest<RowElement>('bg-fetch-item');
    if (item) this.#setCurrent(idOf(item));
  }

  /** Handles the keys that move between rows. */
  move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const item = this.#focusedItem();
    const id = item && idOf(item);
    if (step === undefined || id === undefined) return;
    event.preventDefault();
    const to = this.#rows[Math.min(this.#rows.length - 1, Math.max(0, this.#indexOf(id) + step))];
    if (to) void this.#focus(to.id, item?.focusedAction ?? 0);
  }

  async #focus(id: string, action: number): Promise<void> {
    this.#setCurrent(id);
    await this.#host.updateComplete;
    const item = this.#items().find((each) => idOf(each) === id);
    await item?.updateComplete;
    item?.focusAction(Math.max(0, action));
  }

  #setCurrent(id: string | undefined): void {
    if (id === this.#current) return;
    this.#current = id;
    this.#host.requestUpdate();
  }

  #items(): RowElement[] {
    return [...this.#host.renderRoot.querySelectorAll<RowElement>('bg-fetch-item')];
  }

  #focusedItem(): RowElement | undefined {
    const focused = this.#host.shadowRoot?.activeElement;
    return focused ? this.#items().find((item) => item === focused) : undefined;
  }

  #indexOf(id: string): number {
    return this.#rows.findIndex((row) => row.id === id);
  }
}

/** Returns the id of a row's download, even if the download was removed. */
function idOf({ fetchId, record }: RowElement): string | undefined {
  return fetchId ?? record?.id;
}
