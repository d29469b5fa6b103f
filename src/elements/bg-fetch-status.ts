/** `<bg-fetch-status>`: one download in words. */
import { css, html, nothing } from 'lit';
import { BgFetchElement } from './base/bg-fetch-element.js';
import { tokens } from './styles/tokens.js';

/**
 * One sentence about a download, announced politely: each change of state once, the percentage at most every ten seconds.
 *
 * @element bg-fetch-status
 * @slot - Content before the start.
 * @slot idle - Words while the download is not started.
 * @slot starting - Words while the download is starting.
 * @slot queued - Words while the download waits for its turn.
 * @slot waiting - Words while the download waits for the network, Wi-Fi, a retry or a click.
 * @slot downloading - Words while bytes arrive.
 * @slot stalled - Words after bytes have stopped arriving.
 * @slot paused - Words while the download is paused.
 * @slot saving - Words while the files are being stored.
 * @slot done - Words while the download is stored.
 * @slot failed - Words after the download failed.
 * @slot aborted - Words after the download was aborted.
 * @slot evicted - Words after the browser deleted the download.
 * @slot removed - Words while a removal or cancellation can be undone.
 * @csspart words - The sentence.
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

  protected override render() {
    const { record, reader } = this;
    const spoken = record && reader?.spokenOf(record);
    return html`<span part="words" translate="no"
        >${spoken ? html`${spoken.title ? html`<bdi>${spoken.title}</bdi>: ` : nothing}<slot name=${record.discardedAt === undefined ? record.status : 'removed'}>${spoken.words}</slot>` : html`<slot></slot>${this.problem}`}</span
      ><span class="unseen" role="status" translate="no">${reader?.sentence || nothing}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-status': BgFetchStatusElement;
  }
}
