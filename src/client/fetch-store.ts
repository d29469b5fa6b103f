/** The page's copy of the records: read at once, heard by id or as a whole. */
import type { FetchRecord } from '../manager/record.js';

/** Hears of one change; `record` is undefined when the download is gone. */
export type FetchListener = (id: string, record: FetchRecord | undefined) => void;

/** Which changes to hear, and until when. */
export interface SubscribeOptions {
  /** Only this download's changes. */
  id?: string;
  signal?: AbortSignal;
}

/** Frozen records by id. Listeners run at once, in the order they came; a set of the same record is no news. */
export class FetchStore {
  readonly #records = new Map<string, FetchRecord>();
  readonly #all = new Set<FetchListener>();
  readonly #byId = new Map<string, Set<FetchListener>>();

  get(id: string): FetchRecord | undefined {
    return this.#records.get(id);
  }

  /** All records in the order of their start. */
  values(): FetchRecord[] {
    return [...this.#records.values()].sort((a, b) => a.startedAt - b.startedAt);
  }

  set(record: FetchRecord): void {
    if (this.#records.get(record.id) === record) return;
    this.#records.set(record.id, Object.freeze(record));
    this.#tell(record.id, record);
  }

  delete(id: string): void {
    if (this.#records.delete(id)) this.#tell(id, undefined);
  }

  subscribe(listener: FetchListener, { id, signal }: SubscribeOptions = {}): void {
    if (signal?.aborted) return;
    const listeners = id === undefined ? this.#all : this.#listenersOf(id);
    listeners.add(listener);
    signal?.addEventListener('abort', () => {
      listeners.delete(listener);
      if (id !== undefined && listeners.size === 0 && this.#byId.get(id) === listeners) this.#byId.delete(id);
    });
  }

  #listenersOf(id: string): Set<FetchListener> {
    let listeners = this.#byId.get(id);
    if (!listeners) this.#byId.set(id, (listeners = new Set()));
    return listeners;
  }

  #tell(id: string, record: FetchRecord | undefined): void {
    for (const listener of [...(this.#byId.get(id) ?? []), ...this.#all]) listener(id, record);
  }
}
