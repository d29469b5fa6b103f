/** `<bg-fetch-status>`: one download in words. */
import { css, html, nothing } from 'lit';
import { spokenTitleOf, spokenWordsOf } from '../view/words.js';
import { BgFetchElement } from './bg-fetch-element.js';
import { RecordReader } from './record-reader.js';
import { tokens } from './styles/tokens.js';

/**
 * One sentence about a download, announced politely: each change of state once, the percentage at most every ten seconds.
 *
 * @element bg-fetch-status
 * @slot - Words to show while nothing has been started.
 * @csspart words - The sentence.
 * @cssstate idle - Nothing has been started; each other status is a state too.
 * @cssstate removed - Removed, and can be restored.
 * @cssstate indeterminate - The total is unknown.
 * @example
 * ```html
 * <bg-fetch-status fetch-id="ep-5"></bg-fetch-status>
 * ```
 */
export class BgFetchStatusElement extends BgFetchElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        color: var(--muted);
        font-size: 0.87em;
      }
    `,
  ];

  protected override reader = this.createReader(RecordReader);

  protected override render() {
    const { record, language } = this;
    const words = record && spokenWordsOf(record, language, this.reader.circumstances);
    const title = record && spokenTitleOf(record);
    return html`<span part="words"
        >${words ? html`${title ? html`<bdi>${title}</bdi>: ` : nothing}${words}` : html`<slot></slot>`}</span
      ><span class="unseen" role="status">${this.reader.sentence || nothing}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-status': BgFetchStatusElement;
  }
}
