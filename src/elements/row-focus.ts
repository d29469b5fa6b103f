/** The keyboard in a list of rows: one tab stop, the arrow keys, and a focus that stays when rows come and go. */
import type { LitElement } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import type { BgFetchItemElement } from './bg-fetch-item.js';

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity,
};

/** Knows on which row of its list the keyboard is. */
export class RowFocus {
  readonly #host: LitElement;
  #current: string | undefined;
  #rows: readonly FetchRecord[] = [];
  #held: { readonly id: string; readonly index: number; readonly action: number } | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** The row the list's tab stop is on. */
  get current(): string | undefined {
    return this.#current;
  }

  /** The rows that are drawn wherever they are: the tab stop, and the focus as long as it has not gone there. */
  get kept(): ReadonlySet<string | undefined> {
    return new Set([this.#current, this.#held?.id]);
  }

  /** Remembers where the focus is; call it before each drawing. */
  hold(): void {
    const item = this.#host.hasUpdated ? this.#focusedItem() : undefined;
    const id = item && idOf(item);
    this.#held = item && id !== undefined ? { id, index: this.#indexOf(id), action: item.focusedAction } : undefined;
  }

  /** Takes the rows as they will be drawn. */
  set rows(rows: readonly FetchRecord[]) {
    this.#rows = rows;
    if (!rows.some((row) => row.id === this.#current)) this.#current = rows[0]?.id;
  }

  /** A row that moved to another group was drawn anew: the focus goes with it, and stays near when the row is gone. */
  restore(): void {
    if (!this.#held || this.#focusedItem()) return;
    const { id, index, action } = this.#held;
    const near = this.#rows[Math.min(Math.max(0, index), this.#rows.length - 1)]?.id;
    const to = this.#indexOf(id) < 0 ? near : id;
    if (to !== undefined) void this.#focus(to, action);
  }

  /** Follows the focus to another row. */
  follow(event: FocusEvent): void {
    const item = (event.target as Element).closest('bg-fetch-item');
    if (item) this.#setCurrent(idOf(item));
  }

  /** Obeys the keys that go from row to row. */
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

  #items(): BgFetchItemElement[] {
    return [...this.#host.renderRoot.querySelectorAll('bg-fetch-item')];
  }

  #focusedItem(): BgFetchItemElement | undefined {
    const focused = this.#host.shadowRoot?.activeElement;
    return focused ? this.#items().find((item) => item === focused) : undefined;
  }

  #indexOf(id: string): number {
    return this.#rows.findIndex((row) => row.id === id);
  }
}

/** The download of a row, though it be gone. */
function idOf({ fetchId, record }: BgFetchItemElement): string | undefined {
  return fetchId ?? record?.id;
}
