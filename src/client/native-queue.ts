/** Queue of native starts, for sites that use the native engine only: the record has the reason for waiting. */
import type { Engine } from '../engine/engine.js';
import type { NativeTurns } from '../engine/native-turns.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { FetchStore, SubscribeOptions } from './fetch-store.js';

/** Resolves with the number of active native fetches. */
export function activeNative(records: FetchStore, except: string): number {
  const isMoving = ({ id, engine, status }: FetchRecord) => id !== except && engine === 'native' && MOVING.has(status);
  return records.values().filter(isMoving).length;
}
const MOVING = new Set<FetchRecord['status']>(['starting', 'downloading', 'stalled']);

/** Resolves when `id` may start; rejects with `AbortError` if it was aborted. */
export async function nativeTurn(id: string, records: FetchStore, turns: NativeTurns, native: Engine | undefined): Promise<void> {
  // Fetches that are queued in the browser count too; only the engine can distinguish them from those that wait here.
  const take = async () => turns.take(Math.max(activeNative(records, id), (await native?.getIds())?.length ?? 0));
  for (let wait = await take(); wait; wait = await take()) {
    const record = records.get(id);
    if (!record || !isActive(record)) throw new DOMException(`The start of background fetch "${id}" was aborted.`, 'AbortError');
    records.change(id, (now) => to.putOnHold(now, wait === 'turn' ? 'queued' : 'waiting', wait));
    const waiting = new AbortController();
    const changed = nextChange(records, { signal: waiting.signal, ...(wait === 'click' && { id }) });
    await Promise.race(wait === 'click' ? [changed, turns.click(waiting.signal)] : [changed]);
    waiting.abort();
  }
}

function nextChange(records: FetchStore, options: SubscribeOptions): Promise<void> {
  return new Promise((resolve) => records.subscribe(() => resolve(), options));
}
