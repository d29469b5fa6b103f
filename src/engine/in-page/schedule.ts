/** Decides whose turn it is: so many transfers at a time, the others queue by the order they came. */

/** Gives a turn back. */
export type Release = () => void;

interface Waiter {
  readonly order: number;
  readonly start: () => void;
}

/** A number of turns. */
export class Schedule {
  #free: number;
  readonly #queue: Waiter[] = [];

  constructor(turns: number) {
    this.#free = turns;
  }

  /** True when nobody would have to wait. */
  get hasTurn(): boolean {
    return this.#free > 0;
  }

  /** Waits for a turn, lower orders first; rejects when the signal aborts. */
  take(order: number, signal: AbortSignal): Promise<Release> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const waiter: Waiter = {
        order,
        start: () => {
          signal.removeEventListener('abort', leave);
          this.#free--;
          let given = false;
          resolve(() => {
            if (!given) this.#giveBack();
            given = true;
          });
        },
      };
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiter);
      this.#next();
    });
  }

  #giveBack(): void {
    this.#free++;
    this.#next();
  }

  #next(): void {
    while (this.#free > 0 && this.#queue.length > 0) {
      this.#queue.sort((a, b) => a.order - b.order);
      this.#queue.shift()?.start();
    }
  }
}
