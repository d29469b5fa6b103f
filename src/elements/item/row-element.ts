/** A row as the list uses it. */
import type { LitElement } from 'lit';
import type { FetchRecord } from '../../manager/record.js';

/** The used part of `<bg-fetch-item>`. */
export interface RowElement extends LitElement {
  readonly fetchId?: string;
  readonly record: FetchRecord | undefined;
  /** Set while the row is out of view: defers an update. */
  deferUpdate?: ((update: () => void) => void) | undefined;
  /** Index of the focused action; -1 if there is none. */
  readonly focusedAction: number;
  /** Focuses the action at this index, or the last one. */
  focusAction(at?: number): void;
}
