/** Decides whose turn it is: so many transfers at a time, the others queue by priority, then by the order they came. */

/** Gives a turn back. */
export type Release = () => void;

/** What decides between two that wait; it may change while they do. */
export interface Rank {
  /** Higher goes first. */
  readonly priority?: number;
  readonly startedAt: number;
}

interface Waiter {
  readonly rank: () => Rank;
  readonly start: (nothing?: unknown) => void;
}

/** A number of turns. */
export class Schedule {
  #free: number;
  readonly #queue = new Set<Waiter>();

  constructor(turns: number) {
    this.#free = turns;
  }

  /** Waits for a turn; rejects when the signal aborts. */
  async take(rank: () => Rank, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const waiter: Waiter = { rank, start: resolve };
    this.#queue.add(waiter);
    signal.addEventListener('abort', resolve, { once: true });
    this.#next();
    await promise;
    signal.removeEventListener('abort', resolve);
    const started = !this.#queue.delete(waiter);
    // Aborted in the same moment as started: the turn goes on to the next.
    if (signal.aborted && started) this.#giveBack();
    signal.throwIfAborted();
    return this.#giveBack;
  }

  readonly #giveBack = (): void => {
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
