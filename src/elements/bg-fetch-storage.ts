/** `<bg-fetch-storage>`: what the downloads take of the space there is. */
import { nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OnDemand } from '../client/on-demand.js';
import { FetchesController } from '../controllers/fetches-controller.js';
import { TickController } from '../controllers/tick-controller.js';
import { UNDO_TIME, type FetchRecord } from '../manager/record.js';
import type { Space } from '../view/space.js';
import { BgFetchErrorEvent } from './events.js';
import { LateElement } from './late-element.js';
import { Localizer } from './localizer.js';
import { panel } from './styles/panel.js';
import { tokens } from './styles/tokens.js';

const panels = new OnDemand(() => import('./storage-panel.js'));

/**
 * The space used and left, what each download takes, with delete and "keep".
 *
 * @element bg-fetch-storage
 * @slot used - Words for what is used.
 * @slot free - Words for what is left.
 * @slot other - Word for what is not of these downloads.
 * @slot may-clear - What is said while the browser promises nothing; so are `kept` and `not-kept` of what it answered.
 * @slot kept
 * @slot not-kept
 * @slot keep - Word for that command.
 * @csspart panel - The box around it.
 * @csspart meter - The meter, with the role `meter`.
 * @csspart segment - What one download takes of it.
 * @csspart item - The line of one download.
 * @csspart action - Each command.
 * @example
 * ```html
 * <bg-fetch-storage></bg-fetch-storage>
 * ```
 */
export class BgFetchStorageElement extends LateElement {
  static override styles = [tokens, panel];

  /** The downloads to show, by hand; by default those the client knows. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /** The space there is, by hand; by default what the browser tells. */
  @property({ attribute: false }) space?: Space;

  protected override readonly drawing = panels;

  @state() private told: Space | undefined;
  @state() private refused = false;

  #asked = '';
  #focused = -1;
  readonly #fetches = new FetchesController(this);
  readonly #localizer = new Localizer(this);

  constructor() {
    super();
    new TickController(this, () => this.#all().some(({ discardedAt }) => discardedAt !== undefined));
  }

  /** Asks the browser to keep what is stored when space is short; false when it does not promise. */
  async persist(): Promise<boolean> {
    const kept = (await this.#fetches.client?.persist()) ?? false;
    this.refused = !kept;
    await this.refresh();
    return kept;
  }

  /** Removes one download; it can be restored for a few seconds. */
  async discard(id: string): Promise<void> {
    await this.#fetches.client?.discard(id);
  }

  /** Asks the browser again how much space there is. */
  async refresh(): Promise<void> {
    this.told = await this.#fetches.client?.estimate();
  }

  protected override willUpdate(): void {
    const focused = this.hasUpdated ? this.shadowRoot?.activeElement : undefined;
    this.#focused = focused ? this.#actions().indexOf(focused as HTMLElement) : -1;
  }

  protected override updated(): void {
    // The command that had the focus may be gone with its line: the focus stays near.
    if (this.#focused >= 0 && !this.shadowRoot?.activeElement)
      (this.#actions()[this.#focused] ?? this.#actions().at(-1))?.focus();
    // What is stored changes when a download ends or goes, not with every byte.
    const key = this.#all()
      .map(({ id, status, discardedAt }) => `${id} ${status} ${discardedAt ?? ''}`)
      .join();
    if (this.space || !this.#fetches.client || (key === this.#asked && this.told)) return;
    this.#asked = key;
    void this.refresh();
  }

  protected override render() {
    const { module } = panels;
    if (!module || !this.hasUpdated) {
      this.load();
      return nothing;
    }
    return module.storagePanel({
      records: this.#all(),
      space: this.space ?? this.told ?? { usage: 0, quota: 0, persisted: false },
      isRefused: this.refused,
      language: this.#localizer.language,
      keep: () => void this.persist(),
      act: (record) => void this.#act(record),
    });
  }

  async #act(record: FetchRecord): Promise<void> {
    try {
      await (record.discardedAt === undefined ? this.discard(record.id) : this.#fetches.client?.restore(record.id));
    } catch (error) {
      const event = new BgFetchErrorEvent(record.id, record, error instanceof Error ? error : new Error(String(error)));
      this.dispatchEvent(event);
    }
  }

  #actions(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[part=action]')];
  }

  #all(): readonly FetchRecord[] {
    const forgotten = Date.now() - UNDO_TIME;
    return (this.records ?? this.#fetches.records).filter(({ discardedAt = Infinity }) => discardedAt > forgotten);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-storage': BgFetchStorageElement;
  }
}
