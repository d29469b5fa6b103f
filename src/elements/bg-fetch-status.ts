/** `<bg-fetch-status>`: one download in words. */
import { css, html, nothing } from 'lit';
import { BgFetchElement } from './bg-fetch-element.js';
import { records } from './records.js';
import { tokens } from './styles/tokens.js';

/**
 * One sentence about a download, announced politely: each change of state once, the percentage at most every ten seconds.
 *
 * @element bg-fetch-status
 * @slot - Words to show while nothing has been started.
 * @slot idle - Words in place of those of this status. Each other status has a slot of its own: `starting`, `queued`, `waiting`,
 * `downloading`, `stalled`, `paused`, `saving`, `done`, `failed`, `aborted`, `evicted`.
 * @slot removed - Words while it can still be restored.
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

  protected override readonly drawing = records;

  protected override render() {
    const { record, reader } = this;
    const told = record && reader?.spokenOf(record);
    return html`<span part="words"
        >${told ? html`${told.title ? html`<bdi>${told.title}</bdi>: ` : nothing}<slot name=${record.discardedAt === undefined ? record.status : 'removed'}>${told.words}</slot>` : html`<slot></slot>`}</span
      ><span class="unseen" role="status">${reader?.sentence || nothing}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-status': BgFetchStatusElement;
  }
}
