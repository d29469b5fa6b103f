/** Decides whose turn it is: so many transfers at a time, the others queue by the order they came. */

/** Gives a turn back. */
export type Release = () => void;

interface Waiter {
  readonly order: number;
  readonly start: () => void;
  started?: true;
}

/** A number of turns. */
export class Schedule {
  #free: number;
  #queue: Waiter[] = [];

  constructor(turns: number) {
    this.#free = turns;
  }

  /** True when nobody would have to wait. */
  get hasTurn(): boolean {
    return this.#free > 0;
  }

  /** Waits for a turn, lower orders first; rejects when the signal aborts. */
  async take(order: number, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const waiter: Waiter = { order, start: () => resolve(undefined) };
    const leave = (): void => {
      this.#queue = this.#queue.filter((other) => other !== waiter);
      resolve(undefined);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#queue.push(waiter);
    this.#next();
    await promise;
    signal.removeEventListener('abort', leave);
    // Aborted in the same moment as started: the turn goes on to the next.
    if (signal.aborted && waiter.started) this.#giveBack();
    signal.throwIfAborted();
    return this.#giveBack;
  }

  readonly #giveBack = (): void => {
    this.#free++;
    this.#next();
  };

  #next(): void {
    while (this.#free > 0 && this.#queue.length > 0) {
      const [next] = this.#queue.sort((a, b) => a.order - b.order).splice(0, 1);
      if (!next) return;
      this.#free--;
      next.started = true;
      next.start();
    }
  }
}
