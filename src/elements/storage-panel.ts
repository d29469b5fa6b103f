/** What the storage element draws: the meter, a line for each download, and the promise of the browser. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { formatBytes } from '../view/bytes.js';
import { wholeOf } from '../view/english.js';
import { formatBytesOf } from '../view/format.js';
import { fill, type FirstLanguage, type Language } from '../view/messages.js';
import { sharesOf, type Share, type Space } from '../view/space.js';
import { actionButton } from './action-button.js';
import { controls } from './styles/controls.js';
import { oneLine } from './styles/one-line.js';
import { press } from './styles/press.js';
import { storage } from './styles/storage.js';

/** How that looks. */
export const styles = [press, controls, oneLine, storage];

/** The meter says "other" only where it is more than a few records of bookkeeping. */
const WORTH_SAYING = 1_000_000;

/** What the browser promises, and the words for that. */
const PROMISES = { kept: 'kept', 'not-kept': 'notKept', 'may-clear': 'mayClear' } as const;

/** What there is to show, and what can be done. */
export interface Room {
  readonly records: readonly FetchRecord[];
  readonly space: Space;
  /** The browser was asked to keep all this, and promised nothing. */
  readonly isRefused: boolean;
  readonly language: FirstLanguage;
  readonly keep: () => void;
  /** Removes a download, or brings it back. */
  readonly act: (record: FetchRecord) => void;
}

/** The box with all of it. */
export function storagePanel({ records, space, isRefused, language, keep, act }: Room): TemplateResult {
  const { messages, tag } = wholeOf(language);
  const { shares, rest, restPercent } = sharesOf(records, space);
  const promise = space.persisted ? 'kept' : isRefused ? 'not-kept' : 'may-clear';
  const used = fill(space.quota > 0 ? messages.used : messages.usedOnly, usedOf(space, tag));
  return html`<div part="panel" class="panel">
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
      ${rest > WORTH_SAYING ? html`<div part="segment" class="segment rest" .style=${`--share: ${restPercent}`}></div>` : nothing}
    </div>
    ${
      shares.length > 0 || rest > WORTH_SAYING
        ? html`<ul>
            ${shares.map((share, index) => lineOf(share, index, wholeOf(language), act))}
            ${
              rest > WORTH_SAYING
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
      <span class="note" role="status"><slot name=${promise}>${messages[PROMISES[promise]]}</slot></span>
      ${space.persisted ? nothing : html`<button part="action" class="word" @click=${keep}><slot name="keep">${messages.keep}</slot></button>`}
    </div>
  </div>`;
}

function lineOf({ record, size, isSettled }: Share, index: number, { messages, tag }: Language, act: Room['act']) {
  const title = record.title || record.id;
  const removed = record.discardedAt !== undefined;
  return html`<li part="item">
    <span class="dot c${index % 6}"></span>
    <span class="one-line" title=${title}><bdi>${title}</bdi></span>
    <span class="size">${removed ? messages.removed : formatBytes(tag, size)}</span>
    ${isSettled ? actionButton({ action: removed ? 'restore' : 'discard', title, messages, run: () => act(record), hasSlot: false }) : nothing}
  </li>`;
}

/** Used and whole in one unit, as long as the used can be seen in it. */
function usedOf({ usage, quota }: Space, tag: string): { used: string; total: string } {
  if (usage < quota / 100) return { used: formatBytes(tag, usage), total: formatBytes(tag, quota) };
  const { done, total } = formatBytesOf(tag, usage, quota, false);
  return quota > 0 ? { used: done, total } : { used: formatBytes(tag, usage), total };
}
