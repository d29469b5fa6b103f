/** Renders a row, with keyboard navigation of its actions. */
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { isActive, isTriedAgain, type FetchRecord } from '../../manager/record.js';
import { actionsOf, type Action } from '../../view/actions.js';
import { fileLineOf } from '../../view/file-lines.js';
import { fill } from '../../view/messages.js';
import { letterOf, pictureOf } from '../../view/picture.js';
import { progressOf } from '../../view/progress.js';
import type { Words } from '../../view/words.js';
import { toText } from '../../view/text.js';
import { actionButton } from '../parts/action-button.js';
import { icon } from '../parts/more-icons.js';
import type { RecordReader } from '../base/record-reader.js';
import { bar as barStyles } from '../styles/bar.js';
import { controls } from '../styles/controls.js';
import { item } from '../styles/item.js';
import { oneLine } from '../styles/one-line.js';
import { press } from '../styles/press.js';
import { bar, barClassOf, titleOf, wordsTemplate } from '../parts/templates.js';

/** Styles of this module's templates. */
export const rowStyles = [press, controls, barStyles, oneLine, item];

/** Exported parts of the inner storage element, with a prefix. */
const STORAGE_PARTS = 'panel:storage-panel,meter:storage-meter,segment:storage-segment,item:storage-item,action:storage-action';
/** Edge of the icon in CSS pixels at the default font size. */
const PICTURE_SIZE = 44;
/** Maximum number of files that are expanded by default while active. */
const MAX_EXPANDED = 4;

/** The part of the element that a row uses. */
export interface RowHost extends LitElement {
  readonly inList: boolean;
  readonly current: boolean;
}

/** Renderer of one row. */
export class Row implements ReactiveController {
  readonly #host: RowHost;
  readonly #reader: RecordReader;
  readonly #act: (action: Action) => void;
  #expanded: boolean | undefined;
  #freesSpace = false;
  #brokenPicture: string | undefined;
  #focused = -1;

  constructor(host: RowHost, reader: RecordReader, act: (action: Action) => void) {
    this.#host = host;
    this.#reader = reader;
    this.#act = act;
    host.addController(this);
  }

  /** Focuses the action at this index, or the last one. */
  focusAction(at: number): void {
    const buttons = this.#buttons();
    (buttons[at] ?? buttons.at(-1))?.focus();
  }

  /** Index of the focused action; -1 if there is none. */
  get focusedAction(): number {
    const focused = this.#host.shadowRoot?.activeElement;
    return focused ? this.#buttons().indexOf(focused as HTMLButtonElement) : -1;
  }

  hostUpdate(): void {
    this.#focused = this.focusedAction;
  }

  hostUpdated(): void {
    // The focused action may be removed by the update: the focus stays in the row.
    if (this.#focused >= 0 && this.focusedAction < 0) this.focusAction(this.#focused);
  }

  /** Renders the row; `problem` is the reason why the last command failed. */
  render(record: FetchRecord, problem: string): TemplateResult {
    const { language, sentence } = this.#reader;
    const words: Words = problem ? { tone: 'bad', lead: problem, details: [] } : this.#reader.wordsOf(record);
    const showsBar = isActive(record) && record.discardedAt === undefined && record.status !== 'queued';
    return html`<div part="row" class="row" translate="no" @keydown=${this.#move}>
      <span part="icon" class="icon-box"><slot name="icon">${this.#picture(record)}</slot></span>
      <div>
        <slot name="title"
          ><span part="title" class="name one-line" title=${record.title}><bdi>${titleOf(record)}</bdi></span></slot
        >
        ${showsBar ? bar(progressOf(record), barClassOf(record), record.title || language.messages.download, language.tag) : nothing}
        <slot name="words">${wordsTemplate(words, record)}</slot>
      </div>
      <div part="actions" class="actions">${this.#actions(record)}</div>
      ${this.#isExpanded(record) ? this.#files(record) : nothing}
      ${this.#freesSpace && isShortOfSpace(record) ? html`<bg-fetch-storage part="storage" class="storage" exportparts=${STORAGE_PARTS}></bg-fetch-storage>` : nothing}
      ${this.#host.inList ? nothing : html`<span class="unseen" role="status">${sentence || nothing}</span>`}
    </div>`;
  }

  #picture(record: FetchRecord): TemplateResult {
    const src = pictureOf(record.icons, PICTURE_SIZE, devicePixelRatio, document.baseURI);
    if (src !== undefined && src !== this.#brokenPicture) {
      return html`<span class="art"
        ><img src=${src} alt="" loading="lazy" decoding="async" @error=${() => this.#change(() => (this.#brokenPicture = src))}
      /></span>`;
    }
    const { letter, colour } = letterOf(toText(record.id), toText(record.title));
    return html`<span class="art c${colour}" aria-hidden="true">${letter || icon('download')}</span>`;
  }

  #actions(record: FetchRecord) {
    const { messages } = this.#reader.language;
    const tabindex = this.#host.inList && !this.#host.current ? -1 : 0;
    const title = titleOf(record);
    const several = record.files.length > 1 && record.discardedAt === undefined;
    const isExpanded = this.#isExpanded(record);
    const iconOf = (action: Action) => (action === 'hurry' && isTriedAgain(record) ? 'again' : undefined);
    return html`${isShortOfSpace(record) ? this.#freeSpace(title, tabindex) : nothing}${actionsOf(record).map((action) => actionButton({ action, title, messages, run: () => this.#act(action), tabindex, picture: iconOf(action) }))}
    ${
      several
        ? html`<button
            part="action"
            class="quiet"
            data-action="files"
            tabindex=${tabindex}
            aria-expanded=${isExpanded ? 'true' : 'false'}
            aria-label=${fill(messages.forTitle, { action: messages.files, title })}
            title=${messages.files}
            @click=${() => this.#change(() => (this.#expanded = !isExpanded))}
          >
            <slot name="files-icon">${icon('chevron')}</slot>
          </button>`
        : nothing
    }`;
  }

  /** Renders the other downloads with their sizes to free space, if the page has defined the storage element. */
  #freeSpace(title: string, tabindex: number) {
    if (!customElements.get('bg-fetch-storage')) return nothing;
    const { messages } = this.#reader.language;
    return html`<button
      part="action"
      class="word"
      data-action="free"
      tabindex=${tabindex}
      aria-expanded=${this.#freesSpace ? 'true' : 'false'}
      aria-label=${fill(messages.forTitle, { action: messages.freeSpace, title })}
      @click=${() => this.#change(() => (this.#freesSpace = !this.#freesSpace))}
    >
      <slot name="free">${messages.freeSpace}</slot>
    </button>`;
  }

  #isExpanded(record: FetchRecord): boolean {
    if (record.files.length < 2 || record.discardedAt !== undefined) return false;
    return this.#expanded ?? (record.files.length <= MAX_EXPANDED && record.status === 'downloading');
  }

  #files(record: FetchRecord) {
    return html`<ul part="files" class="files">
      ${record.files.map((file) => {
        const { name, words, tone } = fileLineOf(file, this.#reader.language);
        return html`<li part="file">
          <span class="one-line" title=${name}><bdi>${name}</bdi></span
          ><span class=${tone}>${words}</span>
        </li>`;
      })}
    </ul>`;
  }

  #change(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLButtonElement>('.actions button')];
  }

  /** The left and right arrow keys move between the actions in visual order. */
  readonly #move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = this.focusedAction;
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const buttons = this.#buttons();
    const to = at + (this.#host.matches(':dir(rtl)') ? -step : step);
    buttons[(to + buttons.length) % buttons.length]?.focus();
  };
}

/** Returns true if the visitor can solve the failure here. */
function isShortOfSpace({ status, failureReason, discardedAt }: FetchRecord): boolean {
  return status === 'failed' && failureReason === 'quota-exceeded' && discardedAt === undefined;
}
