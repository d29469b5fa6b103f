/** Renders a list: groups of rows with their commands and keyboard navigation. */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageClient } from '../../controllers/client-context.js';
import { TickController } from '../../controllers/tick-controller.js';
import { UNDO_TIME, type FetchRecord } from '../../manager/record.js';
import { wholeOf } from '../../view/english.js';
import { formatNumber } from '../../view/format.js';
import { grouped, groupOf, GROUPS, type Filter, type Group } from '../../view/groups.js';
import { fill, type FirstLanguage, type Language } from '../../view/messages.js';
import { dispatchChange } from '../base/change-events.js';
import { UndoHold } from '../base/undo-hold.js';
import { RowFocus } from './row-focus.js';
import { RowNews } from './row-news.js';
import { RowWindow, type RowPiece } from './row-window.js';
import { controls } from '../styles/controls.js';
import { press } from '../styles/press.js';

/** Styles of this module's templates. */
export const rowsStyles = [press, controls];

/** Maximum number of rows whose bars are animated. */
const MAX_ANIMATED = 20;
/** Exported parts of a row. */
const ROW_PARTS =
  'row,icon,title,bar,fill,words,lead,detail,actions,action,files,file,storage,storage-panel,storage-meter,storage-segment,storage-item,storage-action';
const LABEL_OF = { active: 'downloading', waiting: 'waiting', done: 'finished', failed: 'failed', aborted: 'aborted' } as const;

/** The part of the element that the rows use. */
export interface RowsHost extends LitElement {
  pauseAll(): Promise<void>;
  removeAll(): Promise<void>;
  clear(group: 'failed' | 'aborted'): Promise<void>;
  restoreAll(group: 'done' | 'failed' | 'aborted'): Promise<void>;
  readonly renderItem?: ((record: FetchRecord) => unknown) | undefined;
}

/** Renderer of one list. */
export class Rows {
  readonly #host: RowsHost;
  readonly #language: () => FirstLanguage;
  readonly #news: RowNews;
  readonly #window: RowWindow;
  readonly #focus: RowFocus;
  #groups: ReadonlyMap<Group, readonly FetchRecord[]> = new Map();
  #rows: readonly FetchRecord[] = [];
  #hasOwnRecords = false;
  #lastRecords: readonly FetchRecord[] | undefined;
  #filter: Filter | undefined;
  #hasRemoved = false;

  /** Downloads started after `since`, in milliseconds since the epoch, are announced as new. */
  constructor(host: RowsHost, client: () => PageClient | undefined, language: () => FirstLanguage, since: number) {
    this.#host = host;
    this.#language = language;
    this.#news = new RowNews(() => this.#words, since);
    this.#window = new RowWindow(host);
    this.#focus = new RowFocus(host);
    host.addController({ hostUpdated: () => this.#focus.restore(), hostDisconnected: () => this.#news.release() });
    new UndoHold(host, { records: () => this.#rows, client });
    new TickController(host, () => this.#hasRemoved);
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** Returns the records of one group. */
  of(group: Group): readonly FetchRecord[] {
    return this.#groups.get(group) ?? [];
  }

  /** Returns the records of downloads that can be paused. */
  get pausable(): readonly FetchRecord[] {
    return this.of('active').filter(isPausable);
  }

  /** Sets the records to render; with `hasOwnRecords` the rows do not subscribe to the client. */
  setRecords(records: readonly FetchRecord[], filter: Filter, hasOwnRecords: boolean): void {
    this.#focus.save();
    if (hasOwnRecords && this.#hasOwnRecords && records !== this.#lastRecords) this.#announceChanges(records);
    this.#news.speak();
    if (records === this.#lastRecords && filter === this.#filter && !this.#hasRemoved) return;
    this.#lastRecords = records;
    this.#filter = filter;
    const undoLimit = Date.now() - UNDO_TIME;
    const shown = records.filter(({ discardedAt = Infinity }) => discardedAt > undoLimit);
    this.#hasOwnRecords = hasOwnRecords;
    this.#groups = grouped(shown, filter);
    this.#rows = GROUPS.flatMap((group) => this.of(group));
    this.#hasRemoved = this.#rows.some(({ discardedAt }) => discardedAt !== undefined);
    this.#window.rows = this.#rows.length;
    this.#focus.rows = this.#rows;
  }

  /** Dispatches the event of a change; returns true if it adds, removes or moves a row. */
  handleChange(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    dispatchChange(this.#host, record, previous);
    // Records that were set on the element are announced when they are set.
    const isNews = !this.#hasOwnRecords && this.#news.handleChange(record, previous);
    if (!record || !previous) return true;
    return (
      isNews ||
      this.#host.renderItem !== undefined ||
      groupOf(record) !== groupOf(previous) ||
      (record.status === 'downloading') !== (previous.status === 'downloading') ||
      record.discardedAt !== previous.discardedAt ||
      record.startedAt !== previous.startedAt
    );
  }

  /** Text of the list's live region. */
  get news(): readonly string[] {
    return this.#news.lines;
  }

  /** Returns the groups with rows. */
  render(): TemplateResult {
    let count = 0;
    const groups = GROUPS.map((group) => {
      const records = this.of(group);
      const before = count;
      count += records.length;
      return records.length > 0 ? this.#group(group, records, before) : nothing;
    });
    return html`<div
      class=${this.of('active').length > MAX_ANIMATED ? 'busy' : ''}
      @keydown=${(event: KeyboardEvent) => this.#focus.move(event)}
      @focusin=${(event: FocusEvent) => this.#focus.follow(event)}
    >
      ${groups}
    </div>`;
  }

  /** Announces changes of records that were set on the element. */
  #announceChanges(records: readonly FetchRecord[]): void {
    const before = new Map(this.#lastRecords?.map((record) => [record.id, record]));
    for (const record of records) {
      const previous = before.get(record.id);
      if (record !== previous) this.#news.handleChange(record, previous);
    }
  }

  get #words(): Language {
    return wholeOf(this.#language());
  }

  #group(group: Group, records: readonly FetchRecord[], before: number): TemplateResult {
    const { messages, tag } = this.#words;
    const pieces = this.#window.piecesOf(group, records, before, this.#focus.kept);
    const title = fill(messages.group, { group: messages[LABEL_OF[group]], count: formatNumber(tag, records.length) });
    return html`<div role="group" aria-labelledby=${group}>
      <div part="heading" class="heading">
        <span id=${group}><slot name="${group}-heading">${title}</slot></span
        >${this.#command(group)}
      </div>
      <div role="list" aria-labelledby=${group}>
        ${repeat(
          pieces,
          ({ key }) => key,
          (piece) =>
            'record' in piece
              ? this.#row(piece, records.length)
              : html`<div
                  class="gap"
                  role="presentation"
                  data-key=${piece.key}
                  .style=${`block-size: ${piece.height}px; --row: ${piece.rowHeight}px`}
                ></div>`,
        )}
      </div>
    </div>`;
  }

  #row({ key, record, index }: RowPiece, size: number): TemplateResult {
    return html`<bg-fetch-item
      part="item"
      data-key=${key}
      class=${index > 0 ? 'line' : ''}
      role="listitem"
      aria-setsize=${size}
      aria-posinset=${index + 1}
      exportparts=${ROW_PARTS}
      .inList=${true}
      .current=${record.id === this.#focus.current}
      .fetchId=${this.#hasOwnRecords ? undefined : record.id}
      .record=${this.#hasOwnRecords ? record : undefined}
      >${this.#host.renderItem?.(record) ?? nothing}</bg-fetch-item
    >`;
  }

  #command(group: Group) {
    const { messages } = this.#words;
    const host = this.#host;
    if (group === 'waiting') return nothing;
    if (group === 'active') {
      return this.of(group).some(isPausable) ? command('pause-all', messages.pauseAll, () => host.pauseAll()) : nothing;
    }
    if (this.of(group).every(({ discardedAt }) => discardedAt !== undefined))
      return command(`restore-${group}`, messages.undo, () => host.restoreAll(group));
    return group === 'done'
      ? command('remove-all', messages.removeAll, () => host.removeAll())
      : command(`clear-${group}`, messages.clear, () => host.clear(group));
  }
}

/** Renders the command of a group; the same button for the next one, so that it keeps the focus. */
function command(name: string, label: string, run: () => Promise<void>): TemplateResult {
  // The host shows why it failed.
  const shown = () => undefined;
  return html`<button part="command" class="word" data-action=${name} @click=${() => void run().catch(shown)}>
    <slot name=${name}>${label}</slot>
  </button>`;
}

function isPausable({ status, engine, discardedAt }: FetchRecord): boolean {
  return status === 'downloading' && engine === 'in-page' && discardedAt === undefined;
}
