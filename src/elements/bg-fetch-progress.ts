/** `<bg-fetch-progress>`: the progress of one download. */
import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { progressOf, type Progress } from '../view/progress.js';
import { BgFetchElement } from './base/bg-fetch-element.js';
import { ring } from './parts/icons.js';
import { bar as barStyles } from './styles/bar.js';
import { ringStyles } from './styles/ring.js';
import { tokens } from './styles/tokens.js';
import { bar, barClassOf, problemTemplate, valueNow, wordsTemplate } from './parts/templates.js';
import { formatPercent } from '../view/format.js';

/**
 * A bar or a ring, with bytes, speed and time left in words. It never goes backwards, never shows 100 % before the bytes are stored,
 * and is animated while the total is unknown.
 *
 * @element bg-fetch-progress
 * @slot words - Replaces the words under the bar.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - The filled part of the track.
 * @csspart ring - The ring, for `variant="ring"`.
 * @csspart words - The words under the bar.
 * @csspart lead - The first words.
 * @csspart detail - Each detail after the first words.
 * @cssprop [--bg-fetch-bar-size=6px] - Thickness of a bar.
 * @example
 * ```html
 * <bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>
 * <bg-fetch-progress value="3" max="12" variant="ring"></bg-fetch-progress>
 * ```
 */
export class BgFetchProgressElement extends BgFetchElement {
  static override styles = [
    tokens,
    barStyles,
    ringStyles,
    css`
      :host {
        display: block;
        --bar: var(--bg-fetch-bar-size, 6px);
      }
      :host([variant='ring']) {
        display: inline-block;
        vertical-align: middle;
      }
      .words {
        display: block;
        margin-block-start: 0.35em;
      }
      .circle {
        display: block;
      }
    `,
  ];

  /** Shape of the progress. */
  @property() variant: 'bar' | 'ring' = 'bar';

  /** Progress without a download, from 0 to `max`; absent while unknown. */
  @property({ type: Number }) value?: number;

  /** Maximum of `value`. */
  @property({ type: Number }) max = 1;

  /** Accessible name; by default the title of the download. */
  @property() label = '';

  protected override render() {
    const { record, language } = this;
    const progress = this.#progress();
    const label = this.label || record?.title || language.messages.download;
    if (this.variant === 'ring') {
      const now = valueNow(progress);
      return html`<span
        part="bar"
        class="circle"
        role="progressbar"
        aria-label=${label}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${now ?? nothing}
        aria-valuetext=${now === undefined ? nothing : formatPercent(language.tag, now / 100)}
        >${ring(progress.indeterminate ? undefined : (progress.value ?? 0))}</span
      >`;
    }
    const words = record && this.reader ? wordsTemplate(this.reader.wordsOf(record), record) : problemTemplate(this.problem);
    return html`${bar(progress, barClassOf(record), label, language.tag)}<slot name="words">${words}</slot>`;
  }

  #progress(): Progress {
    if (this.record) return progressOf(this.record);
    const { value, max } = this;
    if (value === undefined || Number.isNaN(value) || !(max > 0))
      return { value: undefined, indeterminate: this.fetchId === undefined };
    return { value: Math.min(1, Math.max(0, value / max)), indeterminate: false };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-progress': BgFetchProgressElement;
  }
}
