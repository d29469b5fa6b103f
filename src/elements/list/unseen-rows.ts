/** Rows out of view are updated rarely, and at once when they become visible. */
import type { RowElement } from '../item/row-element.js';

/** Time between updates of a hidden row, in milliseconds. */
const UPDATE_INTERVAL = 1000;

const deferred = new Map<RowElement, () => void>();

/** Observes whether a row is in view. */
export function setVisible(row: RowElement, isVisible: boolean): void {
  row.deferUpdate = isVisible ? undefined : (update) => defer(row, update);
  if (!isVisible) return;
  deferred.get(row)?.();
  deferred.delete(row);
}

function defer(row: RowElement, update: () => void): void {
  if (deferred.size === 0) setTimeout(updateAll, UPDATE_INTERVAL);
  deferred.set(row, update);
}

function updateAll(): void {
  const updates = [...deferred.values()];
  deferred.clear();
  for (const update of updates) update();
}
