/** Channel of changes between all pages and workers of the origin. */
import type { FetchRecord } from './record.js';
import { isRecord } from './schema.js';

/** A changed record, or the id of a deleted download. */
export type Change = { readonly record: FetchRecord } | { readonly gone: string };

const CHANNEL = 'bg-fetch-elements';
let channel: BroadcastChannel | undefined;
const localListeners = new Set<(change: Change) => void>();

/** Posts a change to all realms, this one included. */
export function announce(change: Change): void {
  channel ??= new BroadcastChannel(CHANNEL);
  channel.postMessage(change);
  for (const listener of localListeners) listener(change);
}

/** Calls the listener for each change of any realm, for the life of this realm; other messages are ignored. */
export function onChange(listener: (change: Change) => void): void {
  new BroadcastChannel(CHANNEL).onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isChange(data)) listener(data);
  };
  localListeners.add(listener);
}

function isChange(data: unknown): data is Change {
  const { record, gone } = (data ?? {}) as { readonly record?: unknown; readonly gone?: unknown };
  return record === undefined ? typeof gone === 'string' : isRecord(record);
}
