/** Rows out of view: drawn anew once in a while, and at once when they come into it. */
import type { BgFetchItemElement } from './bg-fetch-item.js';

/** How long what nobody sees may wait, in milliseconds. */
const PATIENCE = 1000;

const stale = new Map<BgFetchItemElement, () => void>();

/** Notes whether a row is in view. */
export function noteSight(row: BgFetchItemElement, isSeen: boolean): void {
  row.putOff = isSeen ? undefined : (update) => putOff(row, update);
  if (!isSeen) return;
  stale.get(row)?.();
  stale.delete(row);
}

function putOff(row: BgFetchItemElement, update: () => void): void {
  if (stale.size === 0) setTimeout(updateAll, PATIENCE);
  stale.set(row, update);
}

function updateAll(): void {
  const updates = [...stale.values()];
  stale.clear();
  for (const update of updates) update();
}
