/** Code that is loaded when it is needed, and at hand from then on. */
import { adoptStyles, type CSSResult, type LitElement } from 'lit';

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
    return (this.#loading ??= this.#import().then(
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
    if ('requestIdleCallback' in globalThis) requestIdleCallback(load);
    else setTimeout(load);
  }
}

/** Gives styles that came later to an element that is there, and to all of its class to come. */
export function dress({ constructor, renderRoot }: LitElement, styles: readonly CSSResult[] = []): void {
  const all = (constructor as typeof LitElement).elementStyles;
  all.push(...styles.filter((style) => !all.includes(style)));
  const root = renderRoot as ShadowRoot | undefined;
  if (root && (root.adoptedStyleSheets as readonly unknown[] | undefined)?.length !== all.length) adoptStyles(root, all);
}
