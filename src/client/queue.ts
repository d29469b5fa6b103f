/** Where a site will have the browser's engine and no other: a start that has to wait says on its record what for. */
import type { NativeTurns } from '../engine/native-turns.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { FetchStore } from './fetch-store.js';

/** How many fetches the browser's engine has now. */
export function activeNative(records: FetchStore, except: string): number {
  const moving = ({ id, engine, status }: FetchRecord) => id !== except && engine === 'native' && MOVING.has(status);
  return records.values().filter(moving).length;
}
const MOVING = new Set<FetchRecord['status']>(['starting', 'downloading', 'stalled']);

/** Resolves when the start of `id` may go on; rejects with `AbortError` when it was aborted meanwhile. */
export async function nativeTurn(id: string, records: FetchStore, turns: NativeTurns): Promise<void> {
  for (let wait = turns.take(activeNative(records, id)); wait; wait = turns.take(activeNative(records, id))) {
    const record = records.get(id);
    if (!record || !isActive(record)) throw new DOMException(`The start of background fetch "${id}" was aborted.`, 'AbortError');
    records.set(to.held(record, wait === 'turn' ? 'queued' : 'waiting', wait));
    await (wait === 'turn' ? anyChange(records) : Promise.race([turns.click(), anyChange(records, id)]));
  }
}

function anyChange(records: FetchStore, id?: string): Promise<void> {
  const heard = new AbortController();
  return new Promise((resolve) => {
    const listener = () => {
      heard.abort();
      resolve();
    };
    records.subscribe(listener, id === undefined ? { signal: heard.signal } : { id, signal: heard.signal });
  });
}
