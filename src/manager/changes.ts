/** Tells every page and worker of the origin what changed, and hears it: the one file that speaks on the channel. */
import type { FetchRecord } from './record.js';

/** What changed: a record, or that a download is gone. */
export type Change = { readonly record: FetchRecord } | { readonly gone: string };

const CHANNEL = 'bg-fetch-elements';
let speaker: BroadcastChannel | undefined;
const here = new Set<(change: Change) => void>();

/** Says it to all, this realm included. */
export function announce(change: Change): void {
  speaker ??= new BroadcastChannel(CHANNEL);
  speaker.postMessage(change);
  for (const listener of here) listener(change);
}

/** Hears what other realms and this one announce, for the life of this realm. */
export function hear(listener: (change: Change) => void): void {
  new BroadcastChannel(CHANNEL).onmessage = ({ data }: MessageEvent<Change>) => listener(data);
  here.add(listener);
}
