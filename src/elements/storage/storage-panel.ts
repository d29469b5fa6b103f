/** Renders the storage element: a meter, a line per download, and the persistence of the storage. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FetchRecord } from '../../manager/record.js';
import { formatBytes } from '../../view/bytes.js';
import { wholeOf } from '../../view/english.js';
import { formatBytesOf } from '../../view/format.js';
import { fill, type FirstLanguage, type Language } from '../../view/messages.js';
import { sharesOf, type Share, type Space } from '../../view/space.js';
import { actionButton } from '../parts/action-button.js';
import { titleOf } from '../parts/templates.js';
import { controls } from '../styles/controls.js';
import { oneLine } from '../styles/one-line.js';
import { press } from '../styles/press.js';
import { storage } from '../styles/storage.js';

/** Styles of this module's templates. */
export const storagePanelStyles = [press, controls, oneLine, storage];

/** Minimum size of the "other" segment in bytes, above the size of the databases. */
const MIN_OTHER_SIZE = 1_000_000;

/** Persistence of the storage, and its message keys. */
const PERSISTENCE_MESSAGES = { kept: 'kept', 'not-kept': 'notKept', 'may-clear': 'mayClear' } as const;

/** Content and commands of the panel. */
export interface PanelInput {
  readonly records: readonly FetchRecord[];
  readonly space: Space;
  /** True if the browser refused to make the storage persistent. */
  readonly isRefused: boolean;
  /** Reason why the last command failed; empty if it succeeded. */
  readonly problem: string;
  readonly language: FirstLanguage;
  readonly keep: () => void;
  /** Removes or restores a download. */
  readonly act: (record: FetchRecord) => void;
}

export function storagePanel({ records, space, isRefused, problem, language, keep, act }: PanelInput): TemplateResult {
  const { messages, tag } = wholeOf(language);
  const { shares, rest, restPercent } = sharesOf(records, space);
  const persistence = space.persisted ? 'kept' : isRefused ? 'not-kept' : 'may-clear';
  const used = fill(space.quota > 0 ? messages.used : messages.usedOnly, usedOf(space, tag));
  return html`<div part="panel" class="panel" translate="no">
    <div class="sum">
      <b><slot name="used">${used}</slot></b>
      ${space.quota > 0 ? html`<span class="free"><slot name="free">${fill(messages.free, { size: formatBytes(tag, Math.max(0, space.quota - space.usage)) })}</slot></span>` : nothing}
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
      ${rest > MIN_OTHER_SIZE ? html`<div part="segment" class="segment rest" .style=${`--share: ${restPercent}`}></div>` : nothing}
    </div>
    ${
      shares.length > 0 || rest > MIN_OTHER_SIZE
        ? html`<ul>
            ${shares.map((share, index) => lineOf(share, index, wholeOf(language), act))}
            ${
              rest > MIN_OTHER_SIZE
                ? html`<li>
                    <span class="dot rest"></span><span><slot name="other">${messages.other}</slot></span
                    ><span class="size">${formatBytes(tag, rest)}</span>
                  </li>`
                : nothing
            }
          </ul>`
        : nothing
    }
    <div class="foot">
      <span class="note ${problem && 'bad'}" role="status"
        >${problem || html`<slot name=${persistence}>${messages[PERSISTENCE_MESSAGES[persistence]]}</slot>`}</span
      >
      ${space.persisted ? nothing : html`<button part="action" class="word" @click=${keep}><slot name="keep">${messages.keep}</slot></button>`}
    </div>
  </div>`;
}

function lineOf({ record, size, isSettled }: Share, index: number, { messages, tag }: Language, act: PanelInput['act']) {
  const title = titleOf(record);
  // A cancelled download stores its bytes until its time to be restored is over.
  const removed = isSettled && record.discardedAt !== undefined;
  return html`<li part="item">
    <span class="dot c${index % 6}"></span>
    <span class="one-line" title=${title}><bdi>${title}</bdi></span>
    <span class="size">${removed ? messages.removed : formatBytes(tag, size)}</span>
    ${isSettled ? actionButton({ action: removed ? 'restore' : 'discard', title, messages, run: () => act(record), hasSlot: false }) : nothing}
  </li>`;
}

/** Formats used and total space in one unit, unless the used space would be 0 in it. */
function usedOf({ usage, quota }: Space, tag: string): { used: string; total: string } {
  if (usage < quota / 100) return { used: formatBytes(tag, usage), total: formatBytes(tag, quota) };
  const { done, total } = formatBytesOf(tag, usage, quota, false);
  return quota > 0 ? { used: done, total } : { used: formatBytes(tag, usage), total };
}
