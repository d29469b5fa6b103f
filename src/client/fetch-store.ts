/** The page's copy of the records, with synchronous reads and subscriptions to one or all. */
import type { FetchRecord } from '../manager/record.js';

/** Called with one change; `record` is undefined if the download was deleted. */
export type FetchListener = (id: string, record: FetchRecord | undefined) => void;

/** Filter and end of a subscription. */
export interface SubscribeOptions {
  /** Id of the only download to observe. */
  id?: string;
  signal?: AbortSignal;
}

/** Frozen records by id. Listeners are called synchronously in the order of subscription; setting the same record does not call them. */
export class FetchStore {
  readonly #records = new Map<string, FetchRecord>();
  readonly #all = new Set<FetchListener>();
  readonly #byId = new Map<string, Set<FetchListener>>();

  get(id: string): FetchRecord | undefined {
    return this.#records.get(id);
  }

  /** Returns all records in the order of their start. */
  values(): FetchRecord[] {
    return [...this.#records.values()].sort((a, b) => a.startedAt - b.startedAt);
  }

  set(record: FetchRecord): void {
    if (this.#records.get(record.id) === record) return;
    this.#records.set(record.id, Object.freeze(record));
    this.#notify(record.id, record);
  }

  /** Changes a record if there is one; returns the current one. */
  change(id: string, next: (record: FetchRecord) => FetchRecord): FetchRecord | undefined {
    const record = this.#records.get(id);
    if (record) this.set(next(record));
    return this.#records.get(id);
  }

  delete(id: string): void {
    if (this.#records.delete(id)) this.#notify(id, undefined);
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

  #notify(id: string, record: FetchRecord | undefined): void {
    for (const listener of [...(this.#byId.get(id) ?? []), ...this.#all]) listener(id, record);
  }
}
