/** `<bg-fetch-button>`: one download as a button that is its own progress. */
import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ImageResource } from '../../standard/background-fetch.js';
import { formatBytes } from '../../view/bytes.js';
import { toText } from '../../view/text.js';
import { ActingElement } from '../base/acting-element.js';
import { renderer, type Renderer } from '../base/late-element.js';
import type { Face } from './button-face.js';
import { bangIcon, downloadIcon } from '../parts/icons.js';
import { LinkObserver } from './link-observer.js';
import { SizeController } from './size-controller.js';
import { iconsOf, idOf, isWebAddress, linkOf, refusalOf, requestsOf, titleOf, urlsOf, type SourceHost } from './sources.js';
import { button } from '../styles/button.js';
import { press } from '../styles/press.js';
import { tokens } from '../styles/tokens.js';

/**
 * Downloads one or more files, shows the progress, and opens the stored download. A link inside it works without script and without
 * storage.
 *
 * @element bg-fetch-button
 * @slot - A link, `<a href download>`: the file to download, which also works without script.
 * @slot idle - Label before the start.
 * @slot starting - Label while the download is starting.
 * @slot queued - Label while the download waits for its turn.
 * @slot waiting - Label while the download waits for the network, Wi-Fi, a retry or a click.
 * @slot downloading - Label while bytes arrive.
 * @slot stalled - Label after bytes have stopped arriving.
 * @slot paused - Label while the download is paused.
 * @slot saving - Label while the files are being stored.
 * @slot done - Label while the download is stored.
 * @slot failed - Label after the download failed.
 * @slot aborted - Label after the download was aborted.
 * @slot evicted - Label after the browser deleted the download.
 * @slot removed - Label while a removal or cancellation can be undone.
 * @slot icon - Replaces the leading icon.
 * @slot abort-icon - Icon of the cancel command.
 * @slot more-icon - Icon of the button that opens the menu.
 * @slot open-icon - Icon of the open command in the menu.
 * @slot save-icon - Icon of the save command in the menu.
 * @slot discard-icon - Icon of the remove command in the menu.
 * @slot open - Label of the open command in the menu.
 * @slot save - Label of the save command in the menu.
 * @slot discard - Label of the remove command in the menu.
 * @slot retry - Label of the command that tries again.
 * @slot move - Label of the command that continues in this page.
 * @slot restore - Label of the command that undoes a removal or cancellation.
 * @csspart button - The button, or the link in its place.
 * @csspart icon - The leading icon.
 * @csspart ring - The progress ring in place of the icon.
 * @csspart label - The label.
 * @csspart detail - The details after the label.
 * @csspart action - Each command next to the button.
 * @csspart menu - The menu of a stored download.
 * @csspart menuitem - Each item of the menu.
 * @example
 * ```html
 * <bg-fetch-button download-title="Episode 5" src="/ep-5.mp3 /ep-5.jpg"></bg-fetch-button>
 * <bg-fetch-button><a href="/ep-5.mp3" download>Episode 5</a></bg-fetch-button>
 * ```
 */
export class BgFetchButtonElement extends ActingElement implements SourceHost {
  static override styles = [tokens, press, button];

  /** URLs to download, separated by spaces. */
  @property() src = '';

  /** Title of the download. */
  @property({ attribute: 'download-title' }) downloadTitle = '';

  /** URL of the download's icon. */
  @property() icon = '';

  /** Expected total size in bytes; a larger download fails. */
  @property({ type: Number, attribute: 'download-total' }) downloadTotal = 0;

  /** Maximum total size in bytes, for files of an unknown size; a larger download fails. */
  @property({ type: Number, attribute: 'max-size' }) maxSize = 0;

  /** Expected hash of the first file, as in `<script integrity>`. */
  @property() integrity = '';

  /** Waits while the connection is metered or the visitor saves data, as far as the browser reports it. */
  @property({ type: Boolean, attribute: 'wifi-only' }) wifiOnly = false;

  /** Sends no request for the size before the start, for URLs that are valid once. */
  @property({ type: Boolean, attribute: 'no-size' }) noSize = false;

  /** Disables the button. */
  @property({ type: Boolean }) disabled = false;

  /** Requests to download, with options that `src` cannot express. */
  @property({ attribute: false }) requests: readonly (RequestInfo | URL)[] = [];

  /** Icons of the download, with sizes that `icon` cannot express. */
  @property({ attribute: false }) icons: readonly ImageResource[] = [];

  @state() private size = 0;

  /** True from a click until its download has a record. */
  @state() private isStarting = false;

  #hadFocus = false;

  constructor() {
    super();
    new LinkObserver(this);
    new SizeController(this, {
      isWanted: () => this.live && !this.noSize && this.downloadTotal === 0 && !this.record && this.client?.canDownload === true,
      urls: () => urlsOf(this),
      request: () => this.client?.sizeOf(requestsOf(this)),
      onSize: (size) => (this.size = size),
    });
  }

  /** Starts the download. Rejects and fires `bg-fetch-error` on failure. */
  override async start(): Promise<void> {
    this.isStarting = !this.record;
    await this.command(async (client, id) => {
      const refusal = refusalOf(this);
      if (refusal !== undefined) throw new TypeError(refusal);
      const requests = requestsOf(this);
      if (requests.length === 0 && this.record) return this.retry();
      if (id === '')
        throw new TypeError('Failed to start background fetch "": the id is empty. Give the element a fetch-id or an address.');
      if (!this.mayStart(id, requests)) return;
      const { downloadTotal, wifiOnly } = this;
      const maxSize = this.maxSize || undefined;
      await client.start(id, requests, { title: titleOf(this), icons: iconsOf(this), downloadTotal, maxSize, wifiOnly });
    }).finally(() => (this.isStarting = false));
  }

  protected override lateStyles({ faceStyles }: Renderer) {
    return faceStyles;
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.#hadFocus = this.hasUpdated && Boolean(this.shadowRoot?.activeElement);
  }

  protected override updated(): void {
    // The focused command may be removed by the update: the button gets the focus.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.renderRoot.querySelector<HTMLElement>('.main')?.focus();
  }

  protected override get boundId(): string {
    return idOf(this);
  }

  protected override render() {
    const refusal = !this.record && this.live ? refusalOf(this) : undefined;
    if (refusal !== undefined)
      return html`${this.#link()}<span class="refusal" translate="no">${bangIcon}<span part="detail">${refusal}</span></span>`;
    // Without a client or storage the element renders a link, never a button without effect.
    if (!this.record && this.client?.canDownload !== true) return this.#link();
    const { record, problem } = this;
    const initial = this.isStarting ? 'starting' : 'idle';
    const status = record?.discardedAt === undefined ? (record?.status ?? initial) : 'removed';
    const { main, unseen, picture, lead, details, commands: beside } = this.#face();
    // The accessible name does not change with the numbers.
    const isHidden = status === 'downloading' ? 'true' : nothing;
    return html`<span class="pair" translate="no">
        <button
          part="button"
          class="main ${status} ${problem && 'problem'}"
          ?disabled=${this.disabled}
          aria-disabled=${main ? nothing : 'true'}
          title=${record?.failureDetail || nothing}
          @click=${() => this.#click()}
        >
          <span part="icon"><slot name="icon">${problem ? bangIcon : picture}</slot></span>
          <span class="text"
            ><span part="label" class="label" aria-hidden=${isHidden}><slot name=${status}>${problem || lead}</slot></span> ${
              problem
                ? nothing
                : details.map((detail) => html`<span part="detail" class="detail" aria-hidden=${isHidden}>${detail}</span>`)
            }</span
          >
          <span class="unseen">${unseen}</span>
        </button>
        ${beside}
      </span>
      <slot hidden></slot>
      <span class="unseen" role="status" translate="no">${this.reader?.sentence || nothing}</span>`;
  }

  #click(): void {
    if (!this.reader) void this.#clickEarly();
    else {
      const { main } = this.#face();
      if (main) this.act(main);
    }
  }

  /** Handles a click before the records are read or the renderer is loaded: it starts the download, unless that is stored or active. */
  async #clickEarly(): Promise<void> {
    // Without storage the start fails too, and says why.
    await this.client?.ready.catch(() => undefined);
    if (!this.record) {
      this.act('start');
      return;
    }
    this.load();
    await this.updateComplete;
    const { main } = this.#face();
    if (main === 'start' || main === 'retry' || main === 'resume') this.act(main);
  }

  #face(): Face {
    const { record, reader } = this;
    const title = toText(record?.title || titleOf(this));
    if (record && reader && renderer.module) {
      return renderer.module.faceOf({ record, title, reader, act: (action) => this.act(action) });
    }
    const { messages, tag } = this.language;
    const idle = linkOf(this)?.textContent.trim() || messages.download;
    const lead = this.isStarting ? messages.starting : idle;
    const size = this.downloadTotal || this.size;
    return {
      // The action for an existing record is known only once the renderer is loaded.
      main: record || this.isStarting ? undefined : 'start',
      unseen: title === idle ? '' : title,
      picture: downloadIcon,
      lead,
      details: size > 0 ? [formatBytes(tag, size)] : [],
      commands: nothing,
    };
  }

  #link() {
    const [href] = urlsOf(this);
    if (this.src.trim() === '' || href === undefined || !isWebAddress(href, this)) return html`<slot></slot>`;
    return html`<a part="button" class="main idle" href=${href} download translate="no">
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
