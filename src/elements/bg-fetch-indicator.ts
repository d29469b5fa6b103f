/** `<bg-fetch-indicator>`: all downloads as a badge for a toolbar. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { FetchesController } from '../controllers/fetches-controller.js';
import type { FetchRecord } from '../manager/record.js';
import { formatNumber, formatPercent } from '../view/format.js';
import { fill, type FirstLanguage } from '../view/messages.js';
import { totalOf, type Total } from '../view/total.js';
import { GLYPHS } from './glyphs.js';
import { bangIcon, checkIcon, downloadIcon, ring } from './icons.js';
import { Localizer } from './localizer.js';
import { place } from './popover.js';
import { CustomStates } from './states.js';
import { indicator } from './styles/indicator.js';
import { press } from './styles/press.js';
import { ringStyles } from './styles/ring.js';
import { tokens } from './styles/tokens.js';

/** The parts of the list inside, handed through. */
const LIST_PARTS =
  'panel,heading,command,item,empty,row,icon,title,bar,fill,words,lead,detail,actions,action,files,file,storage,storage-panel,storage-meter,storage-segment,storage-item,storage-action';

/**
 * How far all downloads are together and how many they are; opens a popover with the list.
 *
 * @element bg-fetch-indicator
 * @slot icon - Picture in place of the one that leads.
 * @slot count - Number in place of the one of active downloads.
 * @slot list - What the popover shows in place of the list.
 * @csspart button - The round button.
 * @csspart ring - The progress, while there is some.
 * @csspart count - How many downloads are active.
 * @csspart popover - What opens.
 * @cssstate idle - Nothing is active, and nothing new has ended; the status of the downloads is a state too.
 * @cssstate indeterminate - No total is known.
 * @example
 * ```html
 * <bg-fetch-indicator></bg-fetch-indicator>
 * ```
 */
export class BgFetchIndicatorElement extends LitElement {
  static override styles = [tokens, press, ringStyles, indicator];

  /** The downloads to show, by hand; by default those the client knows. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /** What ended before this moment is no news, in milliseconds since the epoch; opening the list sets it. */
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

  /** Closes it. */
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
  // Colour is never the only sign.
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
