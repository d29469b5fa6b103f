/** How a button looks and what it offers once there is a record. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { actionsOf, wordOf, type Action } from '../view/actions.js';
import { fill, type Language, type Messages } from '../view/messages.js';
import { progressOf } from '../view/progress.js';
import { briefWordsOf } from '../view/words.js';
import { actionButton } from './action-button.js';
import { GLYPHS } from './glyphs.js';
import { ring } from './icons.js';
import { menu } from './menu.js';
import { icon } from './more-icons.js';
import type { RecordReader } from './record-reader.js';
import { face } from './styles/button-face.js';
import { controls } from './styles/controls.js';
import { menuStyles } from './styles/menu.js';
import { ringStyles } from './styles/ring.js';

export { RecordReader } from './record-reader.js';

/** How that looks. */
export const styles = [controls, ringStyles, face, menuStyles];

/** The arc of a ring that turns because all bytes are there. */
const ALMOST = 0.85;

/** What a button draws. */
export interface Face {
  /** What a click does; undefined while there is nothing to do but wait. */
  readonly main: Action | undefined;
  /** The part of its name that is not seen: what the click does, and with what. */
  readonly unseen: string;
  readonly picture: TemplateResult;
  readonly lead: string;
  readonly details: readonly string[];
  /** The commands beside it. */
  readonly beside: TemplateResult | readonly TemplateResult[] | typeof nothing;
}

/** What a face is drawn from. */
export interface Sitter {
  readonly record: FetchRecord;
  readonly title: string;
  readonly reader: RecordReader;
  readonly act: (action: Action) => void;
}

/** The face of a button for a record. */
export function faceOf(sitter: Sitter): Face {
  const { record, title, reader } = sitter;
  const { language } = reader;
  const main = mainAction(record);
  const { lead, details } = briefWordsOf(record, language, reader.circumstances);
  return {
    main,
    unseen: nameOf(main, title === lead ? '' : title, language),
    picture: pictureOf(record),
    lead,
    details,
    beside: besideOf(sitter, main),
  };
}

function nameOf(main: Action | undefined, title: string, { messages }: Language): string {
  const action = main && main !== 'start' ? wordOf(main, messages) : '';
  return action && title ? fill(messages.forTitle, { action, title }) : action || title;
}

/** What a click on the button itself does. */
function mainAction(record: FetchRecord): Action | undefined {
  if (record.discardedAt !== undefined) return 'restore';
  if (record.status === 'aborted' || record.status === 'evicted') return 'start';
  const [first] = actionsOf(record);
  // A second click of a double click must not end what the first began.
  return first === 'abort' && record.status !== 'downloading' ? undefined : first;
}

/** The icon that leads, which is the progress while there is some. */
function pictureOf(record: FetchRecord): TemplateResult {
  if (record.discardedAt !== undefined) return icon('bin');
  switch (record.status) {
    case 'idle':
    case 'aborted':
      return icon('download');
    case 'queued':
      return icon('clock');
    case 'waiting':
      return icon(
        record.waitingFor === 'retry' || record.waitingFor === 'turn' || record.waitingFor === 'click' ? 'clock' : 'offline',
      );
    case 'downloading':
      return ringOf(record, record.engine === 'in-page' ? 'pause' : 'cancel');
    case 'stalled':
      return ringOf(record, 'bang');
    case 'paused':
      return ringOf(record, 'play');
    case 'starting':
      return ring(undefined);
    case 'saving':
      return ring(undefined, undefined, ALMOST);
    case 'done':
      return icon('check');
    case 'failed':
      return icon('bang');
    case 'evicted':
      return icon('again');
  }
}

function ringOf(record: FetchRecord, glyph: keyof typeof GLYPHS): TemplateResult {
  const { value, indeterminate } = progressOf(record);
  return ring(indeterminate ? undefined : (value ?? 0), GLYPHS[glyph]);
}

function besideOf({ record, title, reader, act }: Sitter, main: Action | undefined): Face['beside'] {
  const { messages } = reader.language;
  if (record.discardedAt !== undefined) return [actionButton({ action: 'restore', title, messages, run: () => act('restore') })];
  switch (record.status) {
    case 'done':
      return more(title, messages, act);
    case 'aborted':
    case 'evicted':
      return nothing;
    case 'failed':
      return [actionButton({ action: 'retry', title, messages, run: () => act('retry') })];
    default:
      return actionsOf(record)
        .filter((action) => action === 'move' || (action === 'abort' && action !== main))
        .map((action) => actionButton({ action, title, messages, run: () => act(action) }));
  }
}

function more(title: string, messages: Messages, act: (action: Action) => void): TemplateResult {
  const items = (['open', 'save', 'discard'] as const).map((action) => ({
    words: html`<slot name=${action}>${wordOf(action, messages)}</slot>`,
    picture: html`<slot name="${action}-icon">${icon(action === 'discard' ? 'bin' : action)}</slot>`,
    run: () => act(action),
  }));
  return html`<button
      part="action"
      class="quiet"
      aria-label=${fill(messages.forTitle, { action: messages.more, title })}
      aria-haspopup="menu"
      popovertarget="menu"
    >
      <slot name="more-icon">${icon('more')}</slot></button
    >${menu('menu', messages.more, items)}`;
}
