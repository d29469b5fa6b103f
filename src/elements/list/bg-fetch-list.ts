/** `<bg-fetch-list>`: every download of the origin. */
import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageClient } from '../../controllers/client-context.js';
import { FetchesController } from '../../controllers/fetches-controller.js';
import type { FetchRecord } from '../../manager/record.js';
import type { Filter } from '../../view/groups.js';
import type { FirstLanguage } from '../../view/messages.js';
import { addStyles } from '../parts/add-styles.js';
import { downloadIcon } from '../parts/icons.js';
import { renderer, LateElement, type Renderer } from '../base/late-element.js';
import { Localizer } from '../base/localizer.js';
import type { Rows } from './rows.js';
import { panel } from '../styles/panel.js';
import { tokens } from '../styles/tokens.js';

/**
 * All downloads of the origin, including those of earlier visits and other tabs, in groups: downloading, waiting, done, failed, cancelled.
 * The arrow keys move between rows and actions.
 *
 * @element bg-fetch-list
 * @slot empty - Content while there is no download.
 * @slot active-heading - Heading of the group of active downloads.
 * @slot waiting-heading - Heading of the group of waiting downloads.
 * @slot done-heading - Heading of the group of stored downloads.
 * @slot failed-heading - Heading of the group of failed downloads.
 * @slot aborted-heading - Heading of the group of cancelled downloads.
 * @slot pause-all - Label of the command that pauses the active downloads.
 * @slot remove-all - Label of the command that removes the stored downloads.
 * @slot clear-failed - Label of the command that removes the failed downloads.
 * @slot clear-aborted - Label of the command that removes the cancelled downloads.
 * @slot restore-done - Label of the command that undoes the removal of all stored downloads.
 * @slot restore-failed - Label of the command that undoes the removal of all failed downloads.
 * @slot restore-aborted - Label of the command that undoes the removal of all cancelled downloads.
 * @csspart panel - The container.
 * @csspart heading - The heading of a group.
 * @csspart command - Each command of a group.
 * @csspart item - Each row.
 * @csspart empty - The content while there is no download.
 * @csspart row - The content of each row.
 * @csspart icon - The icon of the download.
 * @csspart title - The title of the download.
 * @csspart bar - The track, with the role `progressbar`.
 * @csspart fill - The filled part of the track.
 * @csspart words - The words under the title.
 * @csspart lead - The first words.
 * @csspart detail - Each detail after the first words.
 * @csspart actions - The container of the commands.
 * @csspart action - Each command.
 * @csspart files - The list of the files.
 * @csspart file - One file.
 * @csspart storage - The storage view, shown when space is short.
 * @csspart storage-panel - The container of the storage view.
 * @csspart storage-meter - The meter of the storage view, with the role `meter`.
 * @csspart storage-segment - The space of one download in the meter.
 * @csspart storage-item - The line of one download in the storage view.
 * @csspart storage-action - Each command of the storage view.
 * @fires {BgFetchProgressEvent} bg-fetch-progress - Dispatched when bytes arrive or the status of an active download changes.
 * @fires {BgFetchSuccessEvent} bg-fetch-success - Dispatched when the download is stored and can be served.
 * @fires {BgFetchFailEvent} bg-fetch-fail - Dispatched when the download failed or was evicted by the browser.
 * @fires {BgFetchAbortEvent} bg-fetch-abort - Dispatched when the download was aborted: at once by `abort()`, and when a cancelled one can no longer be restored.
 * @fires {BgFetchDiscardEvent} bg-fetch-discard - Dispatched when the download was removed or cancelled; it can be restored for ten seconds.
 * @fires {BgFetchErrorEvent} bg-fetch-error - Dispatched when a command failed.
 * @example
 * ```html
 * <bg-fetch-list filter="active"></bg-fetch-list>
 * ```
 */
export class BgFetchListElement extends LateElement {
  static override styles = [tokens, panel];

  /**
   * Filter of the downloads.
   * @type {'all' | 'active' | 'done' | 'failed' | 'aborted'}
   */
  @property() filter: Filter = 'all';

  /** Downloads to show; by default those of the client. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /**
   * Returns the slotted content of a row as a node, a string or a Lit template; called with each new record. The content is in the
   * list's shadow tree: its `part` names are parts of the list.
   */
  @property({ attribute: false }) renderItem?: (record: FetchRecord) => unknown;

  #rows: Rows | undefined;
  #pendingChanges: (readonly [FetchRecord | undefined, FetchRecord | undefined])[] = [];
  readonly #since = Date.now();
  readonly #fetches = new FetchesController(this, (record, previous) => this.#handleChange(record, previous));
  readonly #localizer = new Localizer(this);

  /** Pauses every download whose engine can pause. */
  pauseAll(): Promise<void> {
    return this.#each(
      (rows) => rows.pausable,
      (client, id) => client.pause(id),
    );
  }

  /** Removes all stored downloads and their files; they can be restored for ten seconds, also all at once. */
  removeAll(): Promise<void> {
    return this.#each(
      (rows) => rows.of('done').filter(isKept),
      (client, id) => client.discard(id),
    );
  }

  /** Removes the downloads that failed, were evicted or were cancelled, or one group of them; never stored ones. */
  clear(group?: 'failed' | 'aborted'): Promise<void> {
    return this.#each(
      (rows) => UNSTORED.filter((each) => !group || each === group).flatMap((each) => rows.of(each).filter(isKept)),
      (client, id) => client.discard(id),
    );
  }

  /** Restores all downloads of a group that were removed, as long as each can be restored. */
  restoreAll(group: 'done' | 'failed' | 'aborted' = 'done'): Promise<void> {
    return this.#each(
      (rows) => rows.of(group).filter((record) => !isKept(record)),
      (client, id) => client.restore(id),
    );
  }

  protected override lateStyles({ rowsStyles }: Renderer) {
    return rowsStyles;
  }

  protected override willUpdate(): void {
    const records = this.#all;
    if (records.length > 0 && !this.#rows) this.#createRows();
    this.#rows?.setRecords(records, this.filter, this.records !== undefined);
  }

  protected override render() {
    const { messages } = this.#localizer.language;
    return html`<div part="panel" class="panel" role="group" aria-label=${messages.downloads} translate="no">
      ${this.problem ? html`<div class="problem" role="alert">${this.problem}</div>` : nothing} ${this.#content(messages)}
      <div class="unseen" role="status">${this.#rows?.news.map((line) => html`<p>${line}</p>`)}</div>
    </div>`;
  }

  get #all(): readonly FetchRecord[] {
    return this.records ?? this.#fetches.records;
  }

  #content({ empty }: FirstLanguage['messages']) {
    if (this.#rows && !this.#rows.isEmpty) return this.#rows.render();
    // There are downloads, but the renderer is being loaded; or it is not known yet whether there are any.
    if ((!this.#rows && this.#all.length > 0) || (!this.records && !this.#fetches.isReady)) return nothing;
    return html`<div part="empty" class="empty"><slot name="empty">${downloadIcon}${empty}</slot></div>`;
  }

  /** Runs a command for several downloads. A failure is shown, dispatched as `bg-fetch-error` for each download and thrown. */
  async #each(
    recordsOf: (rows: Rows) => readonly FetchRecord[],
    run: (client: PageClient, id: string) => Promise<unknown>,
  ): Promise<void> {
    await this.updateComplete;
    const { client } = this.#fetches;
    if (!client || !this.#rows) return;
    this.problem = '';
    const each = async (record: FetchRecord) => {
      try {
        await run(client, record.id);
      } catch (error) {
        throw this.failed(error, record.id, record);
      }
    };
    await Promise.all(recordsOf(this.#rows).map(each));
  }

  /** Rows render their own progress: the list updates only when a row is added, removed or moved. */
  #handleChange(record: FetchRecord | undefined, previous: FetchRecord | undefined): boolean {
    if (this.#rows) return this.#rows.handleChange(record, previous);
    this.#pendingChanges.push([record, previous]);
    return true;
  }

  #createRows(): void {
    if (!renderer.module) {
      this.load();
      return;
    }
    addStyles(this, renderer.module.rowsStyles);
    const client = () => this.#fetches.client;
    this.#rows = new renderer.module.Rows(this, client, () => this.#localizer.language, this.#since);
    // Changes since then are dispatched in order.
    for (const [record, previous] of this.#pendingChanges.splice(0)) this.#rows.handleChange(record, previous);
  }
}

/** The groups that `clear()` removes. */
const UNSTORED = ['failed', 'aborted'] as const;

function isKept({ discardedAt }: FetchRecord): boolean {
  return discardedAt === undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-list': BgFetchListElement;
  }
}
