/** `<bg-fetch-button>`: one download as a button that is its own progress. */
import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OnDemand } from '../client/on-demand.js';
import type { ImageResource } from '../standard/background-fetch.js';
import { formatBytes } from '../view/bytes.js';
import { ActingElement } from './acting-element.js';
import type { Face } from './button-face.js';
import { bangIcon, downloadIcon } from './icons.js';
import { SizeController } from './size-controller.js';
import { iconsOf, idOf, linkOf, requestsOf, titleOf, urlsOf, type SourceHost } from './sources.js';
import { button } from './styles/button.js';
import { press } from './styles/press.js';
import { tokens } from './styles/tokens.js';

const faces = new OnDemand(() => import('./button-face.js'));

/**
 * Downloads one thing, shows how far it is, and opens it when it is there. A link inside it works before any script does, and
 * wherever nothing can be stored.
 *
 * @element bg-fetch-button
 * @slot - A link, `<a href download>`: what to download, and what works without a script.
 * @slot idle - Words while nothing has been started. Each other status has a slot of its own: `starting`, `queued`, `waiting`,
 * `downloading`, `stalled`, `paused`, `saving`, `done`, `failed`, `aborted`, `evicted`.
 * @slot removed - Words while it can still be restored.
 * @slot icon - Picture in place of the one that leads.
 * @slot abort-icon - Picture in place of the cross that cancels.
 * @slot more-icon - Picture in place of the dots that open the menu.
 * @slot open-icon - Picture of that line of the menu; so are `save-icon` and `discard-icon`.
 * @slot save-icon
 * @slot discard-icon
 * @slot open - Word for that line of the menu; so are `save` and `discard`.
 * @slot save
 * @slot discard
 * @slot retry - Word for the command beside it; so are `move` and `restore`.
 * @slot move
 * @slot restore
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
 * @fires {BgFetchOpenEvent} bg-fetch-open - Before what is stored is opened; cancelable.
 * @example
 * ```html
 * <bg-fetch-button download-title="Episode 5" src="/ep-5.mp3 /ep-5.jpg"></bg-fetch-button>
 * <bg-fetch-button><a href="/ep-5.mp3" download>Episode 5</a></bg-fetch-button>
 * ```
 */
export class BgFetchButtonElement extends ActingElement implements SourceHost {
  static override styles = [tokens, press, button];

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

  /** Waits while the line is metered, or the visitor asks to save data, as far as the browser tells. */
  @property({ type: Boolean, attribute: 'wifi-only' }) wifiOnly = false;

  /** Refuses clicks. */
  @property({ type: Boolean }) disabled = false;

  /** Requests to download, for what `src` cannot say. */
  @property({ attribute: false }) requests: readonly (RequestInfo | URL)[] = [];

  /** Pictures for the download, for what `icon` cannot say. */
  @property({ attribute: false }) icons: readonly ImageResource[] = [];

  @state() private size = 0;

  protected override readonly drawing = faces;

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
      const { downloadTotal, wifiOnly } = this;
      await client.start(id, requests, { title: titleOf(this), icons: iconsOf(this), downloadTotal, wifiOnly });
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
    const { record, problem } = this;
    const status = record?.discardedAt === undefined ? (record?.status ?? 'idle') : 'removed';
    const { main, unseen, picture, lead, details, beside } = this.#face();
    // The name of the button holds still while numbers move.
    const unsaid = status === 'downloading' ? 'true' : nothing;
    return html`<span class="pair">
        <button
          part="button"
          class="main ${status} ${problem && 'problem'}"
          ?disabled=${this.disabled}
          aria-disabled=${main ? nothing : 'true'}
          title=${record?.failureDetail || nothing}
          @click=${() => this.#press()}
        >
          <span part="icon"><slot name="icon">${problem ? bangIcon : picture}</slot></span>
          <span class="text"
            ><span part="label" class="label" aria-hidden=${unsaid}><slot name=${status}>${problem || lead}</slot></span> ${
              problem
                ? nothing
                : details.map((detail) => html`<span part="detail" class="detail" aria-hidden=${unsaid}>${detail}</span>`)
            }</span
          >
          <span class="unseen">${unseen}</span>
        </button>
        ${beside}
      </span>
      <slot hidden @slotchange=${() => this.requestUpdate()}></slot>
      <span class="unseen" role="status">${this.reader?.sentence || nothing}</span>`;
  }

  #press(): void {
    const { main } = this.#face();
    if (main) this.act(main);
    else if (!this.reader) void this.#pressEarly();
  }

  /** A click before what draws the record was there: whoever wants the download gets it, and nothing that moves is ended. */
  async #pressEarly(): Promise<void> {
    await this.updateComplete;
    const { main } = this.#face();
    if (main === 'start' || main === 'retry' || main === 'resume') this.act(main);
  }

  #face(): Face {
    const { record, reader } = this;
    const title = record?.title || titleOf(this);
    if (record && reader && faces.module) {
      return faces.module.faceOf({ record, title, reader, act: (action) => this.act(action) });
    }
    const { messages, tag } = this.language;
    const lead = linkOf(this)?.textContent.trim() || messages.download;
    const size = this.downloadTotal || this.size;
    return {
      // What a click does with a download that is there is not known yet.
      main: record ? undefined : 'start',
      unseen: title === lead ? '' : title,
      picture: downloadIcon,
      lead,
      details: size > 0 ? [formatBytes(tag, size)] : [],
      beside: nothing,
    };
  }

  #link() {
    const [href] = urlsOf(this);
    if (this.src.trim() === '' || href === undefined) return html`<slot></slot>`;
    return html`<a part="button" class="main idle" href=${href} download>
      <span part="icon"><slot name="icon">${downloadIcon}</slot></span>
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
