/** The pieces that several elements draw alike. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { formatPercent } from '../view/format.js';
import { progressOf, type Progress } from '../view/progress.js';
import type { Words } from '../view/words.js';

/** What is held is quiet, what is slow or done says so. */
export function paceOf(record: FetchRecord | undefined): 'hold' | 'slow' | 'good' | '' {
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
      return record.waitingFor === 'retry' ? 'slow' : 'hold';
    default:
      return '';
  }
}

/** Whole percents for those who listen. */
export function valueNow({ value, indeterminate }: Progress): number | undefined {
  return indeterminate || value === undefined ? undefined : Math.floor(value * 100);
}

/** A bar for the eye and a progressbar for those who listen. */
export function bar(progress: Progress, pace: string, label: string, tag: string): TemplateResult {
  const now = valueNow(progress);
  return html`<div
    part="bar"
    class="bar ${pace} ${progress.indeterminate ? 'indeterminate' : ''}"
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

/** What leads stands out; the rest follows, each fact whole. */
export function wordsTemplate({ tone, lead, details }: Words, record: FetchRecord): TemplateResult {
  const kind = record.discardedAt !== undefined || progressOf(record).value === undefined ? '' : record.status;
  return html`<span part="words" class="words ${tone} ${kind}" title=${record.failureDetail || nothing}
    ><b part="lead">${lead}</b>${details.map((detail) => html` <span part="detail" class="detail">${detail}</span>`)}</span
  >`;
}
