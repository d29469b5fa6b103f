/** Code that is loaded when it is needed, and at hand from then on. */

/** How long a busy page may put off to load what it has no need of yet, in milliseconds. */
const IDLE = 2000;

/** When a request that was lost is made once more, in milliseconds: the worker that answered it may have been stopped. */
const AGAIN = 500;

/** One module, loaded once. */
export class OnDemand<Module> {
  /** Undefined until it is loaded. */
  module: Module | undefined;

  readonly #import: () => Promise<Module>;
  #loading: Promise<Module> | undefined;
  #isPrepared = false;

  constructor(load: () => Promise<Module>) {
    this.#import = load;
  }

  /** Loads it; where that fails, the next one who needs it asks again. */
  load(): Promise<Module> {
    return (this.#loading ??= this.#ask().then(
      (module) => (this.module = module),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    ));
  }

  /** Loads it once the page has nothing better to do, so that it is there when it is needed, without a network too. */
  prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    // Whoever needs it asks again, and is told.
    const load = () => void this.load().catch(() => undefined);
    if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: IDLE });
    else setTimeout(load);
  }

  async #ask(): Promise<Module> {
    try {
      return await this.#import();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
      return this.#import();
    }
  }
}
