/** `<bg-fetch-list>`: every download of the origin. */
import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { OnDemand } from '../client/on-demand.js';
import { FetchesController } from '../controllers/fetches-controller.js';
import type { FetchRecord } from '../manager/record.js';
import type { Filter } from '../view/groups.js';
import type { FirstLanguage } from '../view/messages.js';
import { dress } from './dress.js';
import { downloadIcon } from './icons.js';
import { LateElement } from './late-element.js';
import { Localizer } from './localizer.js';
import { rowDrawing } from './row-drawing.js';
import type { Rows } from './rows.js';
import { panel } from './styles/panel.js';
import { tokens } from './styles/tokens.js';

const rows = new OnDemand(async () => {
  const [module] = await Promise.all([import('./rows.js'), rowDrawing.load()]);
  return module;
});

/**
 * Every download of the origin, those of earlier visits and of other tabs too, in groups: downloading, waiting, done, failed.
 * The arrow keys go through rows and actions.
 *
 * @element bg-fetch-list
 * @slot empty - What to show while there is nothing.
 * @slot active-heading - Words above that group; so are `waiting-heading`, `done-heading` and `failed-heading`.
 * @slot waiting-heading
 * @slot done-heading
 * @slot failed-heading
 * @slot pause-all - Word for that command; so are `clear-done` and `clear-failed`.
 * @slot clear-done
 * @slot clear-failed
 * @csspart panel - The box around it.
 * @csspart heading - The line above a group.
 * @csspart command - Each command for a whole group.
 * @csspart item - Each row.
 * @csspart empty - What is shown while there is nothing.
 * @csspart row - In each row, as in `bg-fetch-item`: so are `icon`, `title`, `bar`, `fill`, `words`, `lead`, `detail`, `actions`,
 * `action`, `files`, `file`, `storage` and those that start with `storage-`.
 * @fires {BgFetchProgressEvent} bg-fetch-progress - A download got on.
 * @example
 * ```html
 * <bg-fetch-list filter="active"></bg-fetch-list>
 * ```
 */
export class BgFetchListElement extends LateElement {
  static override styles = [tokens, panel];

  /** Which downloads are shown. */
  @property() filter: Filter = 'all';

  /** The downloads to show, by hand; by default those the client knows. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /**
   * What the slots of each row are filled with: called with its record, also when that changes. Gives a node, a text or a Lit
   * template; what it makes stands in the list's shadow tree, so that its `part` names are parts of the list.
   */
  @property({ attribute: false }) renderItem?: (record: FetchRecord) => unknown;

  protected override readonly drawing = rows;

  #rows: Rows | undefined;
  #unheard: (readonly [FetchRecord | undefined, FetchRecord | undefined])[] = [];
  readonly #since = Date.now();
  readonly #fetches = new FetchesController(this, (record, previous) => this.#heard(record, previous));
  readonly #localizer = new Localizer(this);

  /** Holds every download whose engine can. */
  async pauseAll(): Promise<void> {
    await this.updateComplete;
    const { client } = this.#fetches;
    if (client) await Promise.all((this.#rows?.pausable ?? []).map(({ id }) => client.pause(id)));
  }

  /** Removes what is done, or what failed; each row can be restored for a few seconds. */
  async clear(group: 'done' | 'failed' = 'done'): Promise<void> {
    await this.updateComplete;
    const { client } = this.#fetches;
    if (client) await Promise.all((this.#rows?.of(group) ?? []).map(({ id }) => client.discard(id)));
  }

  protected override willUpdate(): void {
    const records = this.#all;
    if (records.length > 0 && !this.#rows) this.#begin();
    this.#rows?.take(records, this.filter, this.records !== undefined);
  }

  protected override render() {
    const { messages } = this.#localizer.language;
    return html`<div part="panel" class="panel" role="group" aria-label=${messages.downloads}>
      ${this.#content(messages)}
      <div class="unseen" role="status">${this.#rows?.news.map((line) => html`<p>${line}</p>`)}</div>
    </div>`;
  }

  get #all(): readonly FetchRecord[] {
    return this.records ?? this.#fetches.records;
  }

  #content({ empty }: FirstLanguage['messages']) {
    if (this.#rows && !this.#rows.isEmpty) return this.#rows.render();
    // What draws them is on its way: there is something, and nothing to show yet.
    if (!this.#rows && this.#all.length > 0) return nothing;
    return html`<div part="empty" class="empty"><slot name="empty">${downloadIcon}${empty}</slot></div>`;
  }

  /** Progress is the rows' own affair: the list is drawn anew only when a row comes, goes or moves. */
  #heard(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    if (this.#rows) return this.#rows.heard(record, previous);
    this.#unheard.push([record, previous]);
    return true;
  }

  #begin(): void {
    if (!rows.module) {
      this.load();
      return;
    }
    dress(this, rows.module.styles);
    this.#rows = new rows.module.Rows(this, () => this.#localizer.language, this.#since);
    // What happened meanwhile is heard in its order.
    for (const [record, previous] of this.#unheard.splice(0)) this.#rows.heard(record, previous);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-list': BgFetchListElement;
  }
}
