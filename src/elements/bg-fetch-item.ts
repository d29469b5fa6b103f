/** `<bg-fetch-item>`: one download as a row. */
import { html, isServer, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isActive, type FetchRecord } from '../manager/record.js';
import { actionsOf } from '../view/actions.js';
import { fileLineOf } from '../view/files.js';
import { fill } from '../view/messages.js';
import { letterOf, pictureOf } from '../view/picture.js';
import { wordsOf, type Words } from '../view/words.js';
import { actionButton } from './action-button.js';
import { ActingElement } from './acting-element.js';
import { icon } from './icons.js';
import { bar } from './styles/bar.js';
import { controls } from './styles/controls.js';
import { item } from './styles/item.js';
import { RecordReader } from './record-reader.js';
import { tokens } from './styles/tokens.js';
import { recordBar, wordsTemplate } from './templates.js';

/** Edge of the picture in CSS pixels, at the usual font size. */
const PICTURE_SIZE = 44;
/** So many files are shown without being asked for while they arrive. */
const FEW = 4;

/**
 * A row: picture, title, progress, words, actions; several files unfold to lines of their own.
 *
 * @element bg-fetch-item
 * @slot icon - Picture in place of the download's own.
 * @slot title - Title in place of the download's own.
 * @slot - Words in place of those under the title.
 * @slot pause-icon - Picture of that command; so are `resume-icon`, `hurry-icon`, `abort-icon`, `open-icon`, `save-icon` and
 * `discard-icon`.
 * @slot resume-icon
 * @slot hurry-icon
 * @slot abort-icon
 * @slot open-icon
 * @slot save-icon
 * @slot discard-icon
 * @csspart row - The row.
 * @csspart icon - The picture.
 * @csspart title - The title.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - What is there of it.
 * @csspart words - The words under the title.
 * @csspart lead - The words that lead.
 * @csspart detail - Each fact that follows.
 * @csspart actions - The box of the commands.
 * @csspart action - Each command.
 * @csspart files - The lines of the files.
 * @csspart file - One of them.
 * @csspart storage - What takes the space, where it is short.
 * @cssstate idle - Nothing has been started; each other status is a state too.
 * @cssstate removed - Removed, and can be restored.
 * @cssstate indeterminate - The total is unknown.
 * @fires {BgFetchRequestEvent} bg-fetch-request - Before a new try; cancelable.
 * @fires {BgFetchOpenEvent} bg-fetch-open - Before what is stored is opened; cancelable.
 * @example
 * ```html
 * <bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
 * ```
 */
export class BgFetchItemElement extends ActingElement {
  static override styles = [tokens, controls, bar, item];

  protected override reader = this.createReader(RecordReader);

  /** Set by the list it stands in, which tells the facts for all its rows and has one tab stop among them. */
  @property({ attribute: false }) inList = false;

  /** True for the row of the list that the keyboard is on. */
  @property({ attribute: false }) current = false;

  @state() private unfolded: boolean | undefined;
  @state() private freesSpace = false;
  @state() private brokenPicture: string | undefined;

  #focused: { action: string | undefined; at: number } | undefined;

  /** Puts the focus on the action at this place, or the last there is. */
  focusAction(at = 0): void {
    const buttons = this.#buttons();
    (buttons[at] ?? buttons.at(-1))?.focus();
  }

  /** The place of the focused action, -1 when there is none. */
  get focusedAction(): number {
    return this.#buttons().indexOf(this.shadowRoot?.activeElement as HTMLButtonElement);
  }

  protected override willUpdate(): void {
    super.willUpdate();
    const at = this.hasUpdated ? this.focusedAction : -1;
    this.#focused = at < 0 ? undefined : { at, action: this.#buttons()[at]?.dataset['action'] };
  }

  protected override updated(): void {
    // The action that had the focus may be gone with the change: the focus stays in the row.
    if (!this.#focused || this.focusedAction >= 0) return;
    this.focusAction(this.#focused.at);
  }

  protected override render() {
    const { record, language } = this;
    if (!record) return nothing;
    const words: Words = this.problem
      ? { tone: 'bad', lead: this.problem, details: [] }
      : wordsOf(record, language, this.reader.circumstances);
    const showsBar =
      isActive(record) && record.discardedAt === undefined && record.status !== 'queued' && record.status !== 'saving';
    return html`<div part="row" class="row" @keydown=${this.#move}>
      <span part="icon" class="icon-box"><slot name="icon">${this.#picture(record)}</slot></span>
      <div>
        <slot name="title"
          ><span part="title" class="name" title=${record.title}><bdi>${record.title || record.id}</bdi></span></slot
        >
        ${showsBar ? recordBar(record, language) : nothing}
        <slot>${wordsTemplate(words, record)}</slot>
      </div>
      <div part="actions" class="actions">${this.#actions(record)}</div>
      ${this.#isUnfolded(record) ? this.#files(record) : nothing}
      ${this.freesSpace && isShortOfSpace(record) ? html`<bg-fetch-storage part="storage" class="storage"></bg-fetch-storage>` : nothing}
      <span class="unseen" role="status">${this.reader.sentence || nothing}</span>
    </div>`;
  }

  protected override recordChanged(record: FetchRecord | undefined, previous: FetchRecord | undefined): void {
    if (!this.inList) super.recordChanged(record, previous);
    else if (record?.status !== previous?.status) this.problem = '';
  }

  #picture(record: FetchRecord): TemplateResult {
    const density = typeof devicePixelRatio === 'undefined' ? 1 : devicePixelRatio;
    const src = this.live ? pictureOf(record.icons, PICTURE_SIZE, density, document.baseURI) : undefined;
    if (src !== undefined && src !== this.brokenPicture) {
      return html`<span class="art"
        ><img src=${src} alt="" loading="lazy" decoding="async" @error=${() => (this.brokenPicture = src)}
      /></span>`;
    }
    const { letter, colour } = letterOf(record.id, record.title);
    return html`<span class="art c${colour}" aria-hidden="true">${letter || icon('download')}</span>`;
  }

  #actions(record: FetchRecord) {
    const { messages } = this.language;
    const tabindex = this.inList && !this.current ? -1 : 0;
    const title = record.title || record.id;
    const several = record.files.length > 1 && record.discardedAt === undefined;
    const open = this.#isUnfolded(record);
    return html`${isShortOfSpace(record) ? this.#freeSpace(title, tabindex) : nothing}${actionsOf(record).map((action) => actionButton(action, title, messages, () => this.act(action), tabindex))}
    ${
      several
        ? html`<button
            part="action"
            class="quiet"
            data-action="files"
            tabindex=${tabindex}
            aria-expanded=${open ? 'true' : 'false'}
            aria-label=${fill(messages.forTitle, { action: messages.files, title })}
            title=${messages.files}
            @click=${() => (this.unfolded = !open)}
          >
            ${icon('chevron')}
          </button>`
        : nothing
    }`;
  }

  /** What else takes the space, to be removed right here; where the page has the element for it. */
  #freeSpace(title: string, tabindex: number) {
    if (isServer || !customElements.get('bg-fetch-storage')) return nothing;
    const { messages } = this.language;
    return html`<button
      part="action"
      class="word"
      data-action="free"
      tabindex=${tabindex}
      aria-expanded=${this.freesSpace ? 'true' : 'false'}
      aria-label=${fill(messages.forTitle, { action: messages.freeSpace, title })}
      @click=${() => (this.freesSpace = !this.freesSpace)}
    >
      ${messages.freeSpace}
    </button>`;
  }

  #isUnfolded(record: FetchRecord): boolean {
    if (record.files.length < 2 || record.discardedAt !== undefined) return false;
    return this.unfolded ?? (record.files.length <= FEW && record.status === 'downloading');
  }

  #files(record: FetchRecord) {
    return html`<ul part="files" class="files">
      ${record.files.map((file) => {
        const { name, words, tone } = fileLineOf(file, this.language);
        return html`<li part="file">
          <span title=${name}><bdi>${name}</bdi></span
          ><span class=${tone}>${words}</span>
        </li>`;
      })}
    </ul>`;
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.actions button')];
  }

  /** Left and right go through the actions, as they are seen. */
  #move(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = this.focusedAction;
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const buttons = this.#buttons();
    const to = at + (this.matches(':dir(rtl)') ? -step : step);
    buttons[(to + buttons.length) % buttons.length]?.focus();
  }
}

function isShortOfSpace({ status, failureReason, discardedAt }: FetchRecord): boolean {
  return status === 'failed' && failureReason === 'quota-exceeded' && discardedAt === undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-item': BgFetchItemElement;
  }
}
