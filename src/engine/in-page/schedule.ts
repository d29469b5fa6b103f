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
  readonly start: () => void;
}

/** A number of turns. */
export class Schedule {
  #free: number;
  #queue: Waiter[] = [];

  constructor(turns: number) {
    this.#free = turns;
  }

  /** Waits for a turn; rejects when the signal aborts. */
  async take(rank: () => Rank, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiter: Waiter = { rank, start: () => resolve(true) };
    const leave = (): void => {
      this.#queue = this.#queue.filter((other) => other !== waiter);
      resolve(false);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#queue.push(waiter);
    this.#next();
    const started = await promise;
    signal.removeEventListener('abort', leave);
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
    this.#queue.sort((one, other) => {
      const [a, b] = [one.rank(), other.rank()];
      return (b.priority ?? 0) - (a.priority ?? 0) || a.startedAt - b.startedAt;
    });
    for (; this.#free > 0 && this.#queue.length > 0; this.#free--) this.#queue.shift()?.start();
  }
}
