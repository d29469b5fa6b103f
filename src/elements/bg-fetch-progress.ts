/** `<bg-fetch-progress>`: how far one download is. */
import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { progressOf, type Progress } from '../view/progress.js';
import { BgFetchElement } from './bg-fetch-element.js';
import { ring } from './icons.js';
import { records } from './records.js';
import { bar as barStyles } from './styles/bar.js';
import { ringStyles } from './styles/ring.js';
import { tokens } from './styles/tokens.js';
import { bar, paceOf, valueNow, wordsTemplate } from './templates.js';
import { formatPercent } from '../view/format.js';

/**
 * A bar or a ring, with the bytes, the speed and the time left in words. It never goes backwards, never shows 100 % before the
 * bytes are stored, and moves by itself while the total is unknown.
 *
 * @element bg-fetch-progress
 * @slot words - Words in place of those under the bar.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - What is there of it.
 * @csspart ring - The ring, for `variant="ring"`.
 * @csspart words - The words under the bar.
 * @csspart lead - The words that lead.
 * @csspart detail - Each fact that follows.
 * @cssstate idle - Nothing has been started.
 * @cssstate removed - Removed, and can be restored.
 * @cssstate indeterminate - The total is unknown.
 * @cssstate downloading - Bytes arrive; each other status is a state too.
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

  protected override readonly drawing = records;

  /** How it is drawn. */
  @property() variant: 'bar' | 'ring' = 'bar';

  /** How far it is, by hand: from 0 to `max`. Absent while unknown. */
  @property({ type: Number }) value?: number;

  /** What `value` counts to. */
  @property({ type: Number }) max = 1;

  /** What is in progress, for those who listen; by default the title of the download. */
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
    const words = record && this.reader ? wordsTemplate(this.reader.wordsOf(record), record) : nothing;
    return html`${bar(progress, paceOf(record), label, language.tag)}<slot name="words">${words}</slot>`;
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
