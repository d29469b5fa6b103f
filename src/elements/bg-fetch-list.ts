/** `<bg-fetch-list>`: every download of the origin. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FetchesController } from '../controllers/fetches-controller.js';
import { TickController } from '../controllers/tick-controller.js';
import { isActive, UNDO_TIME, type FetchRecord } from '../manager/record.js';
import { formatNumber } from '../view/format.js';
import { grouped, groupOf, GROUPS, type Filter, type Group } from '../view/groups.js';
import { fill } from '../view/messages.js';
import { CHUNK, ChunkController } from './chunks.js';
import { tellFact } from './facts.js';
import { icon } from './icons.js';
import { Localizer } from './localizer.js';
import { RowFocus } from './row-focus.js';
import { controls } from './styles/controls.js';
import { panel } from './styles/panel.js';
import { tokens } from './styles/tokens.js';

/** The parts of a row, handed through. */
const ROW_PARTS = 'row,icon,title,bar,fill,words,lead,detail,actions,action,files,file,storage';
const WORD_OF = { active: 'downloading', waiting: 'waiting', done: 'finished', failed: 'failed' } as const;

/**
 * Every download of the origin, those of earlier visits and of other tabs too, in groups: downloading, waiting, done, failed.
 * The arrow keys go through rows and actions.
 *
 * @element bg-fetch-list
 * @slot empty - What to show while there is nothing.
 * @csspart panel - The box around it.
 * @csspart heading - The line above a group.
 * @csspart command - Each command for a whole group.
 * @csspart item - Each row.
 * @csspart empty - What is shown while there is nothing.
 * @csspart row - In each row, as in `bg-fetch-item`: so are `icon`, `title`, `bar`, `fill`, `words`, `lead`, `detail`, `actions`,
 * `action`, `files`, `file`, `storage`.
 * @fires {BgFetchProgressEvent} bg-fetch-progress - A download got on.
 * @example
 * ```html
 * <bg-fetch-list filter="active"></bg-fetch-list>
 * ```
 */
export class BgFetchListElement extends LitElement {
  static override styles = [tokens, controls, panel];

  /** Which downloads are shown. */
  @property() filter: Filter = 'all';

  /** The downloads to show, by hand; by default those the client knows. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  #news = '';
  #groups: ReadonlyMap<Group, readonly FetchRecord[]> = new Map();
  #rows: readonly FetchRecord[] = [];
  readonly #since = Date.now();
  readonly #fetches = new FetchesController(this, (record, previous) => this.#heard(record, previous));
  readonly #localizer = new Localizer(this);
  readonly #chunks = new ChunkController(this);
  readonly #focus = new RowFocus(this, (id) => this.#reveal(id));

  constructor() {
    super();
    new TickController(this, () => this.#rows.some(({ discardedAt }) => discardedAt !== undefined));
  }

  /** Holds every download whose engine can. */
  async pauseAll(): Promise<void> {
    const { client } = this.#fetches;
    if (client) await Promise.all(this.#pausable().map(({ id }) => client.pause(id)));
  }

  /** Removes what is done, or what failed; each row can be restored for a few seconds. */
  async clear(group: 'done' | 'failed' = 'done'): Promise<void> {
    const { client } = this.#fetches;
    if (client) await Promise.all((this.#groups.get(group) ?? []).map(({ id }) => client.discard(id)));
  }

  protected override willUpdate(): void {
    const forgotten = Date.now() - UNDO_TIME;
    const records = (this.records ?? this.#fetches.records).filter(({ discardedAt = Infinity }) => discardedAt > forgotten);
    this.#groups = grouped(records, this.filter);
    this.#rows = GROUPS.flatMap((group) => this.#groups.get(group) ?? []);
    this.#chunks.rows = this.#rows.length;
    this.#focus.hold(this.#rows);
  }

  protected override updated(): void {
    this.#focus.restore();
  }

  protected override render() {
    const { messages } = this.#localizer.language;
    let drawn = 0;
    const groups = GROUPS.map((group) => {
      const records = this.#groups.get(group) ?? [];
      const before = drawn;
      drawn += records.length;
      return records.length > 0 ? this.#group(group, records, before) : nothing;
    });
    return html`<div
      part="panel"
      class="panel"
      role="group"
      aria-label=${messages.downloads}
      @keydown=${(event: KeyboardEvent) => this.#focus.move(event)}
      @focusin=${(event: FocusEvent) => this.#focus.follow(event)}
    >
      ${
        drawn > 0
          ? groups
          : html`<div part="empty" class="empty"><slot name="empty">${icon('download')}${messages.empty}</slot></div>`
      }
      <span class="unseen" role="status">${this.#news || nothing}</span>
    </div>`;
  }

  #group(group: Group, records: readonly FetchRecord[], before: number): TemplateResult {
    const { messages, tag } = this.#localizer.language;
    const chunks = [];
    for (let start = 0; start < records.length; start += CHUNK) chunks.push(this.#chunk(group, records, start, before));
    const title = fill(messages.group, { group: messages[WORD_OF[group]], count: formatNumber(tag, records.length) });
    return html`<div role="group" aria-labelledby=${group}>
      <div part="heading" class="heading"><span id=${group}>${title}</span>${this.#command(group)}</div>
      <div role="list" aria-labelledby=${group}>${chunks}</div>
    </div>`;
  }

  #chunk(group: Group, records: readonly FetchRecord[], start: number, before: number): TemplateResult {
    const key = `${group} ${start}`;
    const rows = records.slice(start, start + CHUNK);
    const isDrawn = this.#chunks.isDrawn(key, Math.floor((before + start) / CHUNK));
    return html`<div
      class="chunk"
      role="presentation"
      data-key=${key}
      .style=${isDrawn ? '' : `block-size: ${this.#chunks.heightOf(key, rows.length)}px`}
    >
      ${
        isDrawn
          ? repeat(
              rows,
              ({ id }) => id,
              (record, index) => this.#row(record, start + index, records.length),
            )
          : nothing
      }
    </div>`;
  }

  #row(record: FetchRecord, index: number, size: number): TemplateResult {
    return html`<bg-fetch-item
      part="item"
      class=${index > 0 ? 'line' : ''}
      role="listitem"
      aria-setsize=${size}
      aria-posinset=${index + 1}
      exportparts=${ROW_PARTS}
      .inList=${true}
      .current=${record.id === this.#focus.current}
      .fetchId=${this.records ? undefined : record.id}
      .record=${this.records ? record : undefined}
    ></bg-fetch-item>`;
  }

  #command(group: Group) {
    const { messages } = this.#localizer.language;
    if (group === 'active' && this.#pausable().length > 0) {
      return html`<button part="command" class="word" @click=${() => void this.pauseAll()}>${messages.pauseAll}</button>`;
    }
    if (group !== 'done' && group !== 'failed') return nothing;
    return html`<button part="command" class="word" @click=${() => void this.clear(group)}>${messages.clear}</button>`;
  }

  #pausable(): readonly FetchRecord[] {
    return (this.#groups.get('active') ?? []).filter(({ status, engine }) => status === 'downloading' && engine === 'in-page');
  }

  /** Progress is the rows' own affair: the list is drawn anew only when a row comes, goes or moves. */
  #heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    tellFact(this, record, previous);
    if (!record || !previous) {
      if (record && isActive(record) && record.startedAt >= this.#since)
        this.#news = fill(this.#localizer.language.messages.added, { title: record.title || record.id });
      return true;
    }
    return (
      groupOf(record) !== groupOf(previous) ||
      (record.status === 'downloading') !== (previous.status === 'downloading') ||
      record.discardedAt !== previous.discardedAt ||
      record.startedAt !== previous.startedAt
    );
  }

  #reveal(id: string): void {
    for (const [group, records] of this.#groups) {
      const index = records.findIndex((record) => record.id === id);
      if (index >= 0) this.#chunks.reveal(`${group} ${index - (index % CHUNK)}`);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-list': BgFetchListElement;
  }
}
