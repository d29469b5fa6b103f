/** Base of the elements that load their renderer when there is something to render. */
import { isServer, LitElement, type CSSResult, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { OnDemand } from '../../client/on-demand.js';
import type { FetchRecord } from '../../manager/record.js';
import { toText } from '../../view/text.js';
import type * as rendererModule from '../renderer.js';
import { BgFetchErrorEvent } from '../events.js';
import { addStyles } from '../parts/add-styles.js';

/** The module that draws records. */
export type Renderer = typeof rendererModule;

/** Loads that module when it is needed or when the page is idle. */
export const renderer = new OnDemand(() => import('../renderer.js'), 'the view of downloads');

/**
 * Base class of the elements whose renderer is loaded on demand.
 *
 * @cssprop [--bg-fetch-accent=#1a5fd0] - Colour of progress, of the main action and of focus; #8ab4f8 next to light text.
 * @cssprop [--bg-fetch-on-accent=#fff] - Colour of text on the accent; #0b1c36 on a light accent.
 * @cssprop [--bg-fetch-success=#14743c] - Colour of stored downloads; #7dd3a0 next to light text.
 * @cssprop [--bg-fetch-warning=#8a5300] - Colour of stalled and waiting downloads; #f2b866 next to light text.
 * @cssprop [--bg-fetch-danger=#b3261e] - Colour of failed downloads; #f2a29b next to light text.
 * @cssprop [--bg-fetch-text=currentcolor] - Colour of text; on a surface #1b1c1f or #e6e7ea.
 * @cssprop [--bg-fetch-muted=#5b5f67] - Colour of details; #a2a8b2 next to light text.
 * @cssprop [--bg-fetch-track=color-mix(in srgb, currentcolor 14%, transparent)] - Colour of the empty part of a bar.
 * @cssprop [--bg-fetch-border=color-mix(in srgb, currentcolor 20%, transparent)] - Colour of borders and lines.
 * @cssprop [--bg-fetch-surface=#fff] - Background of panels, menus and popovers; #1d1f23 next to light text.
 * @cssprop [--bg-fetch-radius=0.6em] - Radius of corners.
 * @cssprop [--bg-fetch-bar-size=4px] - Thickness of a bar.
 */
export abstract class LateElement extends LitElement {
  /** Reason why the last command failed, or why the renderer could not be loaded; empty if neither. */
  @state() protected problem = '';

  #loading: Promise<void> | undefined;

  /** Loads the renderer, then updates the element. */
  protected load(): void {
    if (!isServer) this.#loading ??= this.#load();
  }

  /** Shows why a command failed, unless its record has failed by it and shows that, dispatches `bg-fetch-error` and returns the error. */
  protected failed(error: unknown, id: string, before: FetchRecord | undefined, record = before): Error {
    const reason = error instanceof Error ? error : new Error(String(error));
    if (record === before || record?.status !== 'failed') this.problem = toText(reason.message);
    const event = new BgFetchErrorEvent(id, record, reason);
    this.dispatchEvent(event);
    return reason;
  }

  /** Returns the styles of the templates that are drawn later. */
  protected lateStyles?(renderer: Renderer): readonly CSSResult[];

  /** Called once the renderer is loaded. */
  protected loaded?(): void;

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    renderer.prepare();
  }

  /** Also waits for a renderer that is being loaded. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    if (!this.#loading) return complete;
    await this.#loading;
    return super.getUpdateComplete();
  }

  async #load(): Promise<void> {
    try {
      const module = await renderer.load();
      this.problem = '';
      addStyles(this, this.lateStyles?.(module));
      this.loaded?.();
      this.requestUpdate();
    } catch (error) {
      // The next change tries again, but not the update that shows this.
      this.problem = toText((error as Error).message);
      await super.getUpdateComplete();
    } finally {
      this.#loading = undefined;
    }
  }
}
