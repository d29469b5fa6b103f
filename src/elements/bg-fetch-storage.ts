/** `<bg-fetch-storage>`: what the downloads take of the space there is. */
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { FetchesController } from '../controllers/fetches-controller.js';
import { TickController } from '../controllers/tick-controller.js';
import { UNDO_TIME, type FetchRecord } from '../manager/record.js';
import { formatBytes } from '../view/bytes.js';
import { formatBytesOf } from '../view/format.js';
import { fill } from '../view/messages.js';
import { sharesOf, type Share, type Space } from '../view/space.js';
import { actionButton } from './action-button.js';
import { BgFetchErrorEvent } from './events.js';
import { Localizer } from './localizer.js';
import { controls } from './styles/controls.js';
import { panel } from './styles/panel.js';
import { storage } from './styles/storage.js';
import { tokens } from './styles/tokens.js';

/** The meter says "other" only where it is more than a few records of bookkeeping. */
const WORTH_SAYING = 1_000_000;

/**
 * The space used and left, what each download takes, with delete and "keep".
 *
 * @element bg-fetch-storage
 * @slot discard-icon - Picture in place of the bin.
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
export class BgFetchStorageElement extends LitElement {
  static override styles = [tokens, controls, panel, storage];

  /** The downloads to show, by hand; by default those the client knows. */
  @property({ attribute: false }) records?: readonly FetchRecord[];

  /** The space there is, by hand; by default what the browser tells. */
  @property({ attribute: false }) space?: Space;

  @state() private told: Space | undefined;
  @state() private refused = false;

  #asked = '';
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

  protected override updated(): void {
    // What is stored changes when a download ends or goes, not with every byte.
    const key = this.#all()
      .map(({ id, status, discardedAt }) => `${id} ${status} ${discardedAt ?? ''}`)
      .join();
    if (this.space || !this.#fetches.client || (key === this.#asked && this.told)) return;
    this.#asked = key;
    void this.refresh();
  }

  protected override render() {
    const { messages, tag } = this.#localizer.language;
    const space = this.space ?? this.told ?? { usage: 0, quota: 0, persisted: false };
    const { shares, rest, restPercent } = sharesOf(this.#all(), space);
    const used = fill(space.quota > 0 ? messages.used : messages.usedOnly, usedOf(space, tag));
    return html`<div part="panel" class="panel">
      <div class="sum">
        <b>${used}</b>
        ${space.quota > 0 ? html`<span class="free">${fill(messages.free, { size: formatBytes(tag, Math.max(0, space.quota - space.usage)) })}</span>` : nothing}
      </div>
      <div
        part="meter"
        class="meter"
        role="meter"
        aria-label=${used}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${space.quota > 0 ? Math.round((space.usage / space.quota) * 100) : 0}
      >
        ${shares.map(({ percent }, index) => html`<div part="segment" class="segment c${index % 6}" .style=${`--share: ${percent}`}></div>`)}
        ${rest > WORTH_SAYING ? html`<div part="segment" class="segment rest" .style=${`--share: ${restPercent}`}></div>` : nothing}
      </div>
      ${
        shares.length > 0 || rest > WORTH_SAYING
          ? html`<ul>
              ${shares.map((share, index) => this.#line(share, index))}
              ${
                rest > WORTH_SAYING
                  ? html`<li>
                      <span class="dot rest"></span><span class="name">${messages.other}</span
                      ><span>${formatBytes(tag, rest)}</span>
                    </li>`
                  : nothing
              }
            </ul>`
          : nothing
      }
      <div class="foot">
        <span class="note" role="status"
          >${space.persisted ? messages.kept : this.refused ? messages.notKept : messages.mayClear}</span
        >
        ${space.persisted ? nothing : html`<button part="action" class="word" @click=${() => void this.persist()}>${messages.keep}</button>`}
      </div>
    </div>`;
  }

  #line({ record, size, isSettled }: Share, index: number) {
    const { messages, tag } = this.#localizer.language;
    const title = record.title || record.id;
    const removed = record.discardedAt !== undefined;
    return html`<li part="item">
      <span class="dot c${index % 6}"></span>
      <span class="name" title=${title}><bdi>${title}</bdi></span>
      <span>${removed ? messages.removed : formatBytes(tag, size)}</span>
      ${isSettled ? actionButton(removed ? 'restore' : 'discard', title, messages, () => void this.#act(record, removed)) : nothing}
    </li>`;
  }

  async #act(record: FetchRecord, removed: boolean): Promise<void> {
    try {
      await (removed ? this.#fetches.client?.restore(record.id) : this.discard(record.id));
    } catch (error) {
      const event = new BgFetchErrorEvent(record.id, record, error instanceof Error ? error : new Error(String(error)));
      this.dispatchEvent(event);
    }
  }

  #all(): readonly FetchRecord[] {
    const forgotten = Date.now() - UNDO_TIME;
    return (this.records ?? this.#fetches.records).filter(({ discardedAt = Infinity }) => discardedAt > forgotten);
  }
}

/** Used and whole in one unit, as long as the used can be seen in it. */
function usedOf({ usage, quota }: Space, tag: string): { used: string; total: string } {
  if (usage < quota / 100) return { used: formatBytes(tag, usage), total: formatBytes(tag, quota) };
  const { done, total } = formatBytesOf(tag, usage, quota);
  return quota > 0 ? { used: done, total } : { used: formatBytes(tag, usage), total };
}

declare global {
  interface HTMLElementTagNameMap {
    'bg-fetch-storage': BgFetchStorageElement;
  }
}
