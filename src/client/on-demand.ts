/** Code that is loaded on demand. */

/** Timeout for an idle moment, in milliseconds. */
const IDLE = 2000;

/** Delay before a failed import is repeated once, in milliseconds: the worker that answered it may have been stopped. */
const RETRY_DELAY = 500;

/** One module, or one object made by it, that is created once. */
export class OnDemand<Module> {
  /** The module; undefined until it is loaded. */
  module: Module | undefined;

  readonly #load: () => Promise<Module>;
  #loading: Promise<Module> | undefined;
  #isPrepared = false;

  /** `name` is that of an imported module, for the error of a failed import. Without it, `load` rejects with errors of its own. */
  constructor(load: () => Promise<Module>, name?: string) {
    this.#load = name === undefined ? load : () => imported(load, name);
  }

  /** Resolves with the module; after a failure the next call tries again. */
  load(): Promise<Module> {
    return (this.#loading ??= this.#load().then(
      (module) => (this.module = module),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    ));
  }

  /** Loads the module when the page is idle, so that it is available later, also without a network. */
  prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    // The next call of load() tries again and reports the error.
    const load = () => void this.load().catch(() => undefined);
    if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: IDLE });
    else setTimeout(load);
  }
}

/** Imports a module; retries once. Rejects with a message that has a reason and a remedy, unlike those of browsers. */
function imported<Module>(load: () => Promise<Module>, name: string): Promise<Module> {
  return load()
    .catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY));
      return load();
    })
    .catch((error: unknown) => {
      // An error of the loaded module itself is not caused by the network.
      if (!(error instanceof TypeError)) throw error;
      // Firefox 153 repeats a failed import only in a page that is loaded anew. Without a `cause`, which a console would show.
      throw new Error(`Failed to load ${name}: the network may be down. Try again when it is back, or reload the page.`);
    });
}
