/** Where a site will have the browser's engine and no other: a start that has to wait says on its record what for. */
import type { Engine } from '../engine/engine.js';
import type { NativeTurns } from '../engine/native-turns.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { FetchStore, SubscribeOptions } from './fetch-store.js';

/** How many fetches the browser's engine has now. */
export function activeNative(records: FetchStore, except: string): number {
  const moving = ({ id, engine, status }: FetchRecord) => id !== except && engine === 'native' && MOVING.has(status);
  return records.values().filter(moving).length;
}
const MOVING = new Set<FetchRecord['status']>(['starting', 'downloading', 'stalled']);

/** Resolves when the start of `id` may go on; rejects with `AbortError` when it was aborted meanwhile. */
export async function nativeTurn(id: string, records: FetchStore, turns: NativeTurns, native: Engine | undefined): Promise<void> {
  // Those that wait for their turn in the browser count too, and only the engine tells them from those that wait here.
  const take = async () => turns.take(Math.max(activeNative(records, id), (await native?.getIds())?.length ?? 0));
  for (let wait = await take(); wait; wait = await take()) {
    const record = records.get(id);
    if (!record || !isActive(record)) throw new DOMException(`The start of background fetch "${id}" was aborted.`, 'AbortError');
    records.set(to.held(record, wait === 'turn' ? 'queued' : 'waiting', wait));
    const over = new AbortController();
    const changed = anyChange(records, { signal: over.signal, ...(wait === 'click' && { id }) });
    await Promise.race(wait === 'click' ? [changed, turns.click(over.signal)] : [changed]);
    over.abort();
  }
}

function anyChange(records: FetchStore, options: SubscribeOptions): Promise<void> {
  return new Promise((resolve) => records.subscribe(() => resolve(), options));
}
