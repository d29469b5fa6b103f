/** `<bg-fetch-button>`: one download as a button that is its own progress. */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ImageResource } from '../standard/background-fetch.js';
import { actionsOf, wordOf, type Action } from '../view/actions.js';
import { formatBytes } from '../view/format.js';
import { fill, type Messages } from '../view/messages.js';
import { briefWordsOf, type Words } from '../view/words.js';
import { ActingElement } from './acting-element.js';
import { icon } from './icons.js';
import { actionButton } from './action-button.js';
import { leadIcon, mainAction } from './looks.js';
import { menu } from './menu.js';
import { SizeController } from './size-controller.js';
import { iconsOf, idOf, linkOf, requestsOf, titleOf, urlsOf, type SourceHost } from './sources.js';
import { button } from './styles/button.js';
import { controls } from './styles/controls.js';
import { menuStyles } from './styles/menu.js';
import { tokens } from './styles/tokens.js';

/**
 * Downloads one thing, shows how far it is, and opens it when it is there. A link inside it works before any script does, and
 * wherever nothing can be stored.
 *
 * @element bg-fetch-button
 * @slot - A link, `<a href download>`: what to download, and what works without a script.
 * @slot idle - Words while nothing has been started. Each other status has a slot of its own: `starting`, `queued`, `waiting`,
 * `downloading`, `stalled`, `paused`, `saving`, `done`, `failed`, `aborted`, `evicted`.
 * @slot icon - Picture in place of the one that leads.
 * @csspart button - The button itself, or the link in its place.
 * @csspart icon - What leads in it.
 * @csspart ring - The progress, where it leads.
 * @csspart label - Its words.
 * @csspart detail - What follows them.
 * @csspart action - Each command beside it.
 * @csspart menu - What can be done with a stored download.
 * @csspart menuitem - Each line of that.
 * @cssstate idle - Nothing has been started; each other status is a state too.
 * @cssstate removed - Removed, and can be restored.
 * @cssstate indeterminate - The total is unknown.
 * @fires {BgFetchRequestEvent} bg-fetch-request - Before the start; cancelable.
 * @example
 * ```html
 * <bg-fetch-button download-title="Episode 5" src="/ep-5.mp3 /ep-5.jpg"></bg-fetch-button>
 * <bg-fetch-button><a href="/ep-5.mp3" download>Episode 5</a></bg-fetch-button>
 * ```
 */
export class BgFetchButtonElement extends ActingElement implements SourceHost {
  static override styles = [tokens, controls, button, menuStyles];

  /** Addresses to download, separated by spaces. */
  @property() src = '';

  /** What people know the download by. */
  @property({ attribute: 'download-title' }) downloadTitle = '';

  /** Address of a picture for the download. */
  @property() icon = '';

  /** Expected size of all files together, in bytes; more than this fails the download. */
  @property({ type: Number, attribute: 'download-total' }) downloadTotal = 0;

  /** Hash the first file must have, as in `<script integrity>`. */
  @property() integrity = '';

  /** Refuses clicks. */
  @property({ type: Boolean }) disabled = false;

  /** Requests to download, for what `src` cannot say. */
  @property({ attribute: false }) requests: readonly (RequestInfo | URL)[] = [];

  /** Pictures for the download, for what `icon` cannot say. */
  @property({ attribute: false }) icons: readonly ImageResource[] = [];

  @state() private size = 0;

  #hadFocus = false;

  constructor() {
    super();
    new SizeController(this, {
      isWanted: () => this.live && this.downloadTotal === 0 && !this.record && this.client?.canDownload === true,
      urls: () => urlsOf(this),
      ask: (signal) => this.client?.sizeOf(requestsOf(this), signal),
      tell: (size) => (this.size = size),
    });
  }

  /** Starts the download. Rejects, and fires `bg-fetch-error`, when that is refused. */
  override start(): Promise<void> {
    return this.command(async (client, id) => {
      const requests = requestsOf(this);
      if (requests.length === 0 && this.record) return this.retry();
      if (id === '')
        throw new TypeError('Failed to start background fetch "": the id is empty. Give the element a fetch-id or an address.');
      if (!this.mayStart(id, requests)) return;
      await client.start(id, requests, { title: titleOf(this), icons: iconsOf(this), downloadTotal: this.downloadTotal });
    });
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.#hadFocus = this.hasUpdated && Boolean(this.shadowRoot?.activeElement);
  }

  protected override updated(): void {
    // The command that had the focus may be gone with the change: the focus stays on the button.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.renderRoot.querySelector<HTMLElement>('.main')?.focus();
  }

  protected override get boundId(): string {
    return idOf(this);
  }

  protected override render() {
    // Never a dead button: without a client, or where it can store nothing, a link is left.
    if (!this.record && this.client?.canDownload !== true) return this.#link();
    const { messages } = this.language;
    const { record } = this;
    const status = record?.status ?? 'idle';
    const removed = record?.discardedAt !== undefined;
    const main = mainAction(record);
    const { lead, details } = this.problem ? { lead: this.problem, details: [] } : this.#words();
    const reading = status === 'downloading';
    return html`<span class="pair">
        <button
          part="button"
          class="main ${removed ? 'removed' : status} ${this.problem ? 'problem' : ''}"
          ?disabled=${this.disabled}
          aria-disabled=${main ? nothing : 'true'}
          title=${record?.failureDetail || nothing}
          @click=${() => main && this.act(main)}
        >
          <span part="icon"><slot name="icon">${this.problem ? icon('bang') : leadIcon(record)}</slot></span>
          ${this.#name(main, reading)}
          <span part="label" class="label" aria-hidden=${reading ? 'true' : nothing}
            ><slot name=${removed ? 'removed' : status}>${lead}</slot></span
          >
          ${details.map((detail) => html`<span part="detail" class="detail" aria-hidden=${reading ? 'true' : nothing}>${detail}</span>`)}
        </button>
        ${this.#beside(messages)}
      </span>
      <slot hidden @slotchange=${() => this.requestUpdate()}></slot>
      <span class="unseen" role="status">${this.sentence || nothing}</span>`;
  }

  #words(): Words {
    const { record, language } = this;
    if (record) return briefWordsOf(record, language, this.circumstances);
    const size = this.downloadTotal || this.size;
    const lead = linkOf(this)?.textContent.trim() || language.messages.download;
    return { tone: 'plain', lead, details: size > 0 ? [formatBytes(language.tag, size)] : [] };
  }

  /** The part of the name that is not seen: what a click does, and with what. It holds still while numbers move. */
  #name(main: Action | undefined, reading: boolean): TemplateResult {
    const { messages } = this.language;
    const title = this.record?.title || titleOf(this);
    const action = main && (main !== 'start' || reading) ? wordOf(main, messages) : '';
    const words = action && title ? fill(messages.forTitle, { action, title }) : action || title;
    return html`<span class="unseen">${words}</span>`;
  }

  /** The commands that stand beside the button. */
  #beside(messages: Messages) {
    const { record } = this;
    if (!record) return nothing;
    const main = mainAction(record);
    if (record.status === 'done' && record.discardedAt === undefined) return this.#more(messages);
    return actionsOf(record)
      .filter(
        (action) => action === 'move' || action === 'restore' || action === 'retry' || (action === 'abort' && action !== main),
      )
      .filter((action) => action !== 'retry' || record.status === 'failed')
      .map((action) => actionButton(action, record.title || titleOf(this), messages, () => this.act(action)));
  }

  #more(messages: Messages) {
    const items = (['open', 'save', 'discard'] as const).map((action) => ({
      words: wordOf(action, messages),
      picture: icon(action === 'discard' ? 'bin' : action),
      run: () => this.act(action),
    }));
    return html`<button
        part="action"
        class="quiet"
        aria-label=${fill(messages.forTitle, { action: messages.more, title: this.record?.title || titleOf(this) })}
        aria-haspopup="menu"
        popovertarget="menu"
      >
        ${icon('more')}</button
      >${menu('menu', messages.more, items)}`;
  }

  #link() {
    const [href] = urlsOf(this);
    if (this.src.trim() === '' || href === undefined) return html`<slot></slot>`;
    return html`<a part="button" class="main idle" href=${href} download>
      <span part="icon"><slot name="icon">${icon('download')}</slot></span>
      <span part="label" class="label"><slot name="idle">${this.language.messages.download}</slot></span>
      <span class="unseen">${titleOf(this)}</span>
    </a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-button': BgFetchButtonElement;
  }
}
