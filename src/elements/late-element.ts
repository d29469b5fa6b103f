/** What the elements have in common that load what draws them when there is something to draw. */
import { isServer, LitElement, type CSSResult, type PropertyValues } from 'lit';
import type { OnDemand } from '../client/on-demand.js';
import { dress } from './dress.js';

/** A module that draws, and how that looks. */
export interface Drawing {
  readonly styles?: readonly CSSResult[];
}

/** Base class of the elements that are drawn by what is loaded on demand. */
export abstract class LateElement extends LitElement {
  /** Loaded when it is needed, and by itself once the page is quiet. */
  protected abstract readonly drawing: OnDemand<Drawing>;

  #loading: Promise<void> | undefined;

  /** Loads what draws; the element is updated when it is there. */
  protected load(): void {
    if (!isServer) this.#loading ??= this.#load();
  }

  /** What there is to do as soon as it is there. */
  protected loaded?(): void;

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.drawing.prepare();
  }

  /** Also waits for what draws, where that is on its way. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    if (!this.#loading) return complete;
    await this.#loading;
    return super.getUpdateComplete();
  }

  async #load(): Promise<void> {
    try {
      const { styles } = await this.drawing.load();
      dress(this, styles);
      this.loaded?.();
      this.requestUpdate();
    } catch (error) {
      reportError(error);
    } finally {
      this.#loading = undefined;
    }
  }
}
