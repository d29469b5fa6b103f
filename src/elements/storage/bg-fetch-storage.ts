/** `<bg-fetch-storage>`: the storage space used by downloads. */
import { property, state } from 'lit/decorators.js';
import { FetchesController } from '../../controllers/fetches-controller.js';
import { TickController } from '../../controllers/tick-controller.js';
import { UNDO_TIME, type FetchRecord } from '../../manager/record.js';
import type { Space } from '../../view/space.js';
import { renderer, LateElement, type Renderer } from '../base/late-element.js';
import { Localizer } from '../base/localizer.js';
import { problemTemplate } from '../parts/templates.js';
import { UndoHold } from '../base/undo-hold.js';
import { panel } from '../styles/panel.js';
import { tokens } from '../styles/tokens.js';

/**
 * Used and free space, the size of each download with a delete command, and a command to keep the storage persistent.
 *
 * @element bg-fetch-storage
 * @slot used - Words for the used space.
 * @slot free - Words for the free space.
 * @slot other - Label of the space that is not used by downloads.
 * @slot may-clear - Words while the storage is not persistent.
 * @slot kept - Words while the storage is persistent.
 * @slot not-kept - Words after the browser refused persistent storage.
 * @slot keep - Label of the command that requests persistent storage.
 * @csspart panel - The container.
 * @csspart meter - The meter, with the role `meter`.
 * @csspart segment - The space of one download in the meter.
 * @csspart item - The line of one download.
 * @csspart action - Each command.
 * @fires {BgFetchErrorEvent} bg-fetch-error - Dispatched when a command failed.
 * @example
 * ```html
 * <bg-fetch-storage></bg-fetch-storage>
 * ```
 */
export class BgFetchStorageElement extends LateElement {
  static override styles = [tokens, panel];

  /** Downloads to show; by default those of the client. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /** Storage space; by default as the browser reports it. */
  @property({ attribute: false }) space?: Space;

  @state() private estimated: Space | undefined;
  @state() private refused = false;

  #estimatedFor = '';
  #focused = -1;
  readonly #fetches = new FetchesController(this);
  readonly #localizer = new Localizer(this);

  constructor() {
    super();
    new UndoHold(this, { records: () => this.#all(), client: () => this.#fetches.client });
    new TickController(this, () => this.#all().some(({ discardedAt }) => discardedAt !== undefined));
  }

  /** Asks the browser for persistent storage; resolves with false if it refuses. */
  async persist(): Promise<boolean> {
    const kept = (await this.#fetches.client?.persist()) ?? false;
    this.refused = !kept;
    await this.refresh();
    return kept;
  }

  /** Removes one download; it can be restored for ten seconds. */
  async discard(id: string): Promise<void> {
    await this.#fetches.client?.discard(id);
  }

  /** Reads the browser's storage estimate again. */
  async refresh(): Promise<void> {
    this.estimated = await this.#fetches.client?.estimate();
  }

  protected override lateStyles({ storagePanelStyles }: Renderer) {
    return storagePanelStyles;
  }

  protected override willUpdate(): void {
    const focused = this.hasUpdated ? this.shadowRoot?.activeElement : undefined;
    this.#focused = focused ? this.#actions().indexOf(focused as HTMLElement) : -1;
  }

  protected override updated(): void {
    // The focused command may be removed with its line: the nearest one gets the focus.
    if (this.#focused >= 0 && !this.shadowRoot?.activeElement)
      (this.#actions()[this.#focused] ?? this.#actions().at(-1))?.focus();
    // The stored size changes when a download ends or is removed, not with every byte.
    const key = this.#all()
      .map(({ id, status, discardedAt }) => `${id} ${status} ${discardedAt ?? ''}`)
      .join();
    if (this.space || !this.#fetches.client || (key === this.#estimatedFor && this.estimated)) return;
    this.#estimatedFor = key;
    void this.refresh();
  }

  protected override render() {
    const { module } = renderer;
    if (!module || !this.hasUpdated) {
      this.load();
      return problemTemplate(this.problem);
    }
    return module.storagePanel({
      records: this.#all(),
      space: this.space ?? this.estimated ?? { usage: 0, quota: 0, persisted: false },
      isRefused: this.refused,
      problem: this.problem,
      language: this.#localizer.language,
      keep: () => void this.persist(),
      act: (record) => void this.#act(record),
    });
  }

  async #act(record: FetchRecord): Promise<void> {
    this.problem = '';
    try {
      await (record.discardedAt === undefined ? this.discard(record.id) : this.#fetches.client?.restore(record.id));
    } catch (error) {
      this.failed(error, record.id, record);
    }
  }

  #actions(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[part=action]')];
  }

  #all(): readonly FetchRecord[] {
    const undoLimit = Date.now() - UNDO_TIME;
    return (this.records ?? this.#fetches.records).filter(({ discardedAt = Infinity }) => discardedAt > undoLimit);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-storage': BgFetchStorageElement;
  }
}
