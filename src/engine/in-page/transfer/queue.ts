/** Queue of transfers: a limited number is active; the others wait by priority, then in order of arrival. */
import { deferred } from '../../../standard/older-browsers.js';

/** Releases a slot. */
export type ReleaseSlot = () => void;

/** Sort keys of a waiting transfer, which may change meanwhile. */
export interface Rank {
  /** Higher is first. */
  readonly priority?: number;
  readonly startedAt: number;
}

interface Waiter {
  readonly rank: () => Rank;
  readonly start: (nothing?: unknown) => void;
}

/** A limited number of slots. */
export class TransferQueue {
  #free: number;
  readonly #queue = new Set<Waiter>();

  constructor(slots: number) {
    this.#free = slots;
  }

  /** Resolves with a slot; rejects when the signal aborts. `onQueued` is called if none is free. */
  async take(rank: () => Rank, signal: AbortSignal, onQueued: () => void): Promise<ReleaseSlot> {
    signal.throwIfAborted();
    const { promise, resolve } = deferred<unknown>();
    const waiter: Waiter = { rank, start: resolve };
    this.#queue.add(waiter);
    signal.addEventListener('abort', resolve, { once: true });
    this.#next();
    if (this.#queue.has(waiter)) onQueued();
    await promise;
    signal.removeEventListener('abort', resolve);
    const started = !this.#queue.delete(waiter);
    // Aborted while its slot was assigned: the slot is released.
    if (signal.aborted && started) this.#release();
    signal.throwIfAborted();
    return this.#release;
  }

  readonly #release = (): void => {
    this.#free++;
    this.#next();
  };

  #next(): void {
    const queue = [...this.#queue].sort((one, other) => {
      const [a, b] = [one.rank(), other.rank()];
      return (b.priority ?? 0) - (a.priority ?? 0) || a.startedAt - b.startedAt;
    });
    for (const waiter of queue.slice(0, this.#free)) {
      this.#queue.delete(waiter);
      this.#free--;
      waiter.start();
    }
  }
}
