/** What a list draws of its downloads: groups of rows, their commands, and the keyboard among them. */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { TickController } from '../controllers/tick-controller.js';
import { UNDO_TIME, type FetchRecord } from '../manager/record.js';
import { wholeOf } from '../view/english.js';
import { formatNumber } from '../view/format.js';
import { grouped, groupOf, GROUPS, type Filter, type Group } from '../view/groups.js';
import { fill, type FirstLanguage, type Language } from '../view/messages.js';
import { tellFact } from './facts.js';
import { RowFocus } from './row-focus.js';
import { RowNews } from './row-news.js';
import { RowWindow, type RowPiece } from './row-window.js';
import { controls } from './styles/controls.js';
import { press } from './styles/press.js';

/** How that looks. */
export const styles = [press, controls];

/** The bars of so many rows glide; those of more step. */
const FEW = 20;
/** The parts of a row, handed through. */
const ROW_PARTS =
  'row,icon,title,bar,fill,words,lead,detail,actions,action,files,file,storage,storage-panel,storage-meter,storage-segment,storage-item,storage-action';
const WORD_OF = { active: 'downloading', waiting: 'waiting', done: 'finished', failed: 'failed' } as const;

/** The element that shows them. */
export interface RowsHost extends LitElement {
  pauseAll(): Promise<void>;
  clear(group: 'done' | 'failed'): Promise<void>;
  readonly renderItem?: ((record: FetchRecord) => unknown) | undefined;
}

/** The rows of one list, from its first record on. */
export class Rows {
  readonly #host: RowsHost;
  readonly #language: () => FirstLanguage;
  readonly #news: RowNews;
  readonly #window: RowWindow;
  readonly #focus: RowFocus;
  #groups: ReadonlyMap<Group, readonly FetchRecord[]> = new Map();
  #rows: readonly FetchRecord[] = [];
  #byHand = false;
  #given: readonly FetchRecord[] | undefined;
  #filter: Filter | undefined;
  #hasRemoved = false;

  /** What starts after `since`, in milliseconds since the epoch, is said to be new. */
  constructor(host: RowsHost, language: () => FirstLanguage, since: number) {
    this.#host = host;
    this.#language = language;
    this.#news = new RowNews(() => this.#words, since);
    this.#window = new RowWindow(host);
    this.#focus = new RowFocus(host);
    host.addController({ hostUpdated: () => this.#focus.restore(), hostDisconnected: () => this.#news.release() });
    new TickController(host, () => this.#hasRemoved);
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** The downloads of one group. */
  of(group: Group): readonly FetchRecord[] {
    return this.#groups.get(group) ?? [];
  }

  /** Those that can be held. */
  get pausable(): readonly FetchRecord[] {
    return this.of('active').filter(isPausable);
  }

  /** Takes the records as they will be drawn; `byHand` says that the rows cannot ask the client for theirs. */
  take(records: readonly FetchRecord[], filter: Filter, byHand: boolean): void {
    this.#focus.hold();
    if (byHand && this.#byHand && records !== this.#given) this.#compare(records);
    this.#news.speak();
    if (records === this.#given && filter === this.#filter && !this.#hasRemoved) return;
    this.#given = records;
    this.#filter = filter;
    const forgotten = Date.now() - UNDO_TIME;
    const shown = records.filter(({ discardedAt = Infinity }) => discardedAt > forgotten);
    this.#byHand = byHand;
    this.#groups = grouped(shown, filter);
    this.#rows = GROUPS.flatMap((group) => this.of(group));
    this.#hasRemoved = this.#rows.some(({ discardedAt }) => discardedAt !== undefined);
    this.#window.rows = this.#rows.length;
    this.#focus.rows = this.#rows;
  }

  /** Tells of a change, and says whether a row comes, goes or moves by it. */
  heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    tellFact(this.#host, record, previous);
    // What was set by hand is heard when it is taken.
    const isNews = !this.#byHand && this.#news.heard(record, previous);
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

  /** What the list's live region says. */
  get news(): readonly string[] {
    return this.#news.lines;
  }

  /** The groups that have rows. */
  render(): TemplateResult {
    let drawn = 0;
    const groups = GROUPS.map((group) => {
      const records = this.of(group);
      const before = drawn;
      drawn += records.length;
      return records.length > 0 ? this.#group(group, records, before) : nothing;
    });
    return html`<div
      class=${this.of('active').length > FEW ? 'busy' : ''}
      @keydown=${(event: KeyboardEvent) => this.#focus.move(event)}
      @focusin=${(event: FocusEvent) => this.#focus.follow(event)}
    >
      ${groups}
    </div>`;
  }

  /** Hears what is new in records set by hand. */
  #compare(records: readonly FetchRecord[]): void {
    const before = new Map(this.#given?.map((record) => [record.id, record]));
    for (const record of records) {
      const previous = before.get(record.id);
      if (record !== previous) this.#news.heard(record, previous);
    }
  }

  get #words(): Language {
    return wholeOf(this.#language());
  }

  #group(group: Group, records: readonly FetchRecord[], before: number): TemplateResult {
    const { messages, tag } = this.#words;
    const pieces = this.#window.piecesOf(group, records, before, this.#focus.kept);
    const title = fill(messages.group, { group: messages[WORD_OF[group]], count: formatNumber(tag, records.length) });
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
      .fetchId=${this.#byHand ? undefined : record.id}
      .record=${this.#byHand ? record : undefined}
      >${this.#host.renderItem?.(record) ?? nothing}</bg-fetch-item
    >`;
  }

  #command(group: Group) {
    const { messages } = this.#words;
    if (group === 'active' && this.of(group).some(isPausable)) {
      return html`<button part="command" class="word" @click=${() => void this.#host.pauseAll()}>
        <slot name="pause-all">${messages.pauseAll}</slot>
      </button>`;
    }
    if (group !== 'done' && group !== 'failed') return nothing;
    return html`<button part="command" class="word" @click=${() => void this.#host.clear(group)}>
      <slot name="clear-${group}">${messages.clear}</slot>
    </button>`;
  }
}

function isPausable({ status, engine }: FetchRecord): boolean {
  return status === 'downloading' && engine === 'in-page';
}
