/**
 * Templates that several elements share. Text that changes is in an element with `translate="no"`: page translation replaces text nodes, and
 * later changes would be lost.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { isTriedAgain, type FetchRecord } from '../../manager/record.js';
import { formatPercent } from '../../view/format.js';
import { progressOf, type Progress } from '../../view/progress.js';
import { toText } from '../../view/text.js';
import type { Words } from '../../view/words.js';

/** Converts the title of a download to text: an object in a record is never rendered as a template. */
export function titleOf({ title, id }: FetchRecord): string {
  return toText(title || id);
}

/** Tones of words by status. */
export function barClassOf(record: FetchRecord | undefined): 'hold' | 'slow' | 'good' | '' {
  if (record?.discardedAt !== undefined) return 'hold';
  switch (record?.status) {
    case 'paused':
    case 'queued':
    case 'failed':
    case 'aborted':
    case 'evicted':
      return 'hold';
    case 'done':
      return 'good';
    case 'stalled':
      return 'slow';
    case 'waiting':
      return isTriedAgain(record) ? 'slow' : 'hold';
    default:
      return '';
  }
}

/** Returns a whole percentage for assistive technology. */
export function valueNow({ value, indeterminate }: Progress): number | undefined {
  return indeterminate || value === undefined ? undefined : Math.floor(value * 100);
}

/** Renders a bar with the role `progressbar`. */
export function bar(progress: Progress, barClass: string, label: string, tag: string): TemplateResult {
  const now = valueNow(progress);
  return html`<div
    part="bar"
    class="bar ${barClass} ${progress.indeterminate ? 'indeterminate' : ''}"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${now ?? nothing}
    aria-valuetext=${now === undefined ? nothing : formatPercent(tag, now / 100)}
  >
    <div part="fill" class="fill" .style=${`--value: ${(progress.value ?? 0) * 100}`}></div>
  </div>`;
}

/** Renders the first words and the details, each of which wraps as a whole. */
export function wordsTemplate({ tone, lead, details }: Words, record: FetchRecord): TemplateResult {
  const kind = record.discardedAt !== undefined || progressOf(record).value === undefined ? '' : record.status;
  return html`<span part="words" class="words ${tone} ${kind}" translate="no" title=${record.failureDetail || nothing}
    ><b part="lead">${lead}</b>${details.map((detail) => html` <span part="detail" class="detail">${detail}</span>`)}</span
  >`;
}

/** Renders the reason of a failure where there is nothing else to show. */
export function problemTemplate(problem: string): TemplateResult | typeof nothing {
  return problem ? html`<span translate="no">${problem}</span>` : nothing;
}
