/** `<bg-fetch-indicator>`: all downloads as a badge for a toolbar. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { FetchesController } from '../../controllers/fetches-controller.js';
import type { FetchRecord } from '../../manager/record.js';
import { formatNumber, formatPercent } from '../../view/format.js';
import { fill, type FirstLanguage } from '../../view/messages.js';
import { totalOf, type Total } from '../../view/total.js';
import { GLYPHS } from '../parts/glyphs.js';
import { bangIcon, checkIcon, downloadIcon, ring } from '../parts/icons.js';
import { Localizer } from '../base/localizer.js';
import { place } from '../parts/popover.js';
import { CustomStates } from '../base/states.js';
import { indicator } from '../styles/indicator.js';
import { press } from '../styles/press.js';
import { ringStyles } from '../styles/ring.js';
import { tokens } from '../styles/tokens.js';

/** Exported parts of the inner list. */
const LIST_PARTS =
  'panel,heading,command,item,empty,row,icon,title,bar,fill,words,lead,detail,actions,action,files,file,storage,storage-panel,storage-meter,storage-segment,storage-item,storage-action';

/**
 * Shows the number and total progress of all downloads; opens a popover with the list.
 *
 * @element bg-fetch-indicator
 * @slot icon - Replaces the icon.
 * @slot count - Replaces the number of active downloads.
 * @slot list - Replaces the list in the popover.
 * @csspart button - The round button.
 * @csspart ring - The progress ring while a download is active.
 * @csspart count - The number of active downloads.
 * @csspart popover - The popover.
 * @csspart panel - The container of the list.
 * @csspart heading - The heading of a group.
 * @csspart command - Each command of a group.
 * @csspart item - Each row.
 * @csspart empty - The content while there is no download.
 * @csspart row - The content of each row.
 * @csspart icon - The icon of the download.
 * @csspart title - The title of the download.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - The filled part of the track.
 * @csspart words - The words under the title.
 * @csspart lead - The first words.
 * @csspart detail - Each detail after the first words.
 * @csspart actions - The container of the commands.
 * @csspart action - Each command.
 * @csspart files - The list of the files.
 * @csspart file - One file.
 * @csspart storage - The storage view, shown when space is short.
 * @csspart storage-panel - The container of the storage view.
 * @csspart storage-meter - The meter of the storage view, with the role `meter`.
 * @csspart storage-segment - The space of one download in the meter.
 * @csspart storage-item - The line of one download in the storage view.
 * @csspart storage-action - Each command of the storage view.
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
 * @cssstate idle - No download is active or newly ended.
 * @cssstate starting - Downloads are starting.
 * @cssstate queued - Downloads wait for their turn.
 * @cssstate waiting - Downloads wait for the network, Wi-Fi, a retry or a click.
 * @cssstate downloading - Bytes are arriving.
 * @cssstate stalled - Bytes have stopped arriving.
 * @cssstate paused - Downloads are paused.
 * @cssstate saving - Files are being stored.
 * @cssstate done - The last download to end is stored.
 * @cssstate failed - The last download to end failed.
 * @cssstate aborted - The last download to end was aborted.
 * @cssstate evicted - The last download to end was deleted by the browser.
 * @cssstate indeterminate - The total size is unknown.
 * @example
 * ```html
 * <bg-fetch-indicator></bg-fetch-indicator>
 * ```
 */
export class BgFetchIndicatorElement extends LitElement {
  static override styles = [tokens, press, ringStyles, indicator];

  /** Downloads to show; by default those of the client. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /** Downloads that ended before this time are not new, in milliseconds since the epoch; set when the list opens. */
  @property({ attribute: false }) since: number = Date.now();

  @state() private isOpen = false;

  #total: Total = totalOf([], 0);
  readonly #fetches = new FetchesController(this);
  readonly #localizer = new Localizer(this);
  readonly #states = new CustomStates(this);

  /** Opens the list. */
  show(): void {
    this.#popover()?.showPopover();
  }

  /** Closes the list. */
  hide(): void {
    this.#popover()?.hidePopover();
  }

  protected override willUpdate(): void {
    this.#total = totalOf(this.records ?? this.#fetches.records, this.since);
    const { status, indeterminate } = this.#total;
    this.#states.set(indeterminate ? [status, 'indeterminate'] : [status]);
  }

  protected override render() {
    const { language } = this.#localizer;
    const total = this.#total;
    return html`<button
        part="button"
        class="tool ${total.status}"
        translate="no"
        aria-label=${nameOf(total, language)}
        title=${language.messages.downloads}
        popovertarget="list"
      >
        <slot name="icon">${pictureOf(total)}</slot>
        ${total.count > 0 ? html`<span part="count" class="count" aria-hidden="true"><slot name="count">${formatNumber(language.tag, total.count)}</slot></span>` : nothing}
      </button>
      <div
        id="list"
        part="popover"
        class="popover"
        role="dialog"
        aria-label=${language.messages.downloads}
        popover
        @beforetoggle=${place}
        @toggle=${this.#toggled}
      >
        ${this.isOpen ? html`<slot name="list"><bg-fetch-list .records=${this.records} exportparts=${LIST_PARTS}></bg-fetch-list></slot>` : nothing}
      </div>`;
  }

  #popover(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#list');
  }

  #toggled(event: Event): void {
    this.isOpen = (event as ToggleEvent).newState === 'open';
    this.since = Date.now();
  }
}

function pictureOf({ status, count, value }: Total): TemplateResult {
  // The status is not shown by colour alone.
  if (count > 0) return ring(value, GLYPHS[status === 'paused' ? 'pause' : status === 'stalled' ? 'bang' : 'arrow']);
  return status === 'done' ? checkIcon : status === 'failed' ? bangIcon : downloadIcon;
}

function nameOf({ status, count, value }: Total, { messages, tag }: FirstLanguage): string {
  if (count === 0)
    return status === 'done' || status === 'failed' ? `${messages.downloads}: ${messages[status]}` : messages.downloads;
  const group = fill(messages.group, { group: messages.downloads, count: formatNumber(tag, count) });
  return value === undefined ? group : `${group}: ${formatPercent(tag, value)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-indicator': BgFetchIndicatorElement;
  }
}
