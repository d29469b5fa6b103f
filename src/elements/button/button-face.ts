/** Renders a button for a record, with its commands. */
import { html, nothing, type TemplateResult } from 'lit';
import { isActive, type FetchRecord } from '../../manager/record.js';
import { actionsOf, wordOf, type Action } from '../../view/actions.js';
import { fill, type Language, type Messages } from '../../view/messages.js';
import { progressOf } from '../../view/progress.js';
import { briefWordsOf } from '../../view/words.js';
import { actionButton } from '../parts/action-button.js';
import { GLYPHS } from '../parts/glyphs.js';
import { ring } from '../parts/icons.js';
import { menu } from '../parts/menu.js';
import { icon } from '../parts/more-icons.js';
import type { RecordReader } from '../base/record-reader.js';
import { face } from '../styles/button-face-styles.js';
import { controls } from '../styles/controls.js';
import { menuStyles } from '../styles/menu-styles.js';
import { ringStyles } from '../styles/ring.js';

/** Styles of this module's templates. */
export const faceStyles = [controls, ringStyles, face, menuStyles];

/** Arc of the turning ring while files are being stored. */
const SAVING_ARC = 0.85;

/** Content of a button. */
export interface Face {
  /** Command of a click; undefined while there is none. */
  readonly main: Action | undefined;
  /** Visually hidden part of the accessible name: the command and the title. */
  readonly unseen: string;
  readonly picture: TemplateResult;
  readonly lead: string;
  readonly details: readonly string[];
  /** Commands next to the button. */
  readonly commands: TemplateResult | readonly TemplateResult[] | typeof nothing;
}

/** Input of a face. */
export interface FaceInput {
  readonly record: FetchRecord;
  readonly title: string;
  readonly reader: RecordReader;
  readonly act: (action: Action) => void;
}

export function faceOf(input: FaceInput): Face {
  const { record, title, reader } = input;
  const { language } = reader;
  const main = mainAction(record);
  const { lead, details } = briefWordsOf(record, language, reader.circumstances);
  return {
    main,
    unseen: nameOf(main, title === lead ? '' : title, language),
    picture: pictureOf(record),
    lead,
    details,
    commands: commandsOf(input),
  };
}

function nameOf(main: Action | undefined, title: string, { messages }: Language): string {
  const action = main && main !== 'start' ? wordOf(main, messages) : '';
  return action && title ? fill(messages.forTitle, { action, title }) : action || title;
}

function mainAction(record: FetchRecord): Action | undefined {
  if (record.discardedAt !== undefined) return 'restore';
  if (record.status === 'aborted' || record.status === 'evicted') return 'start';
  const [first] = actionsOf(record);
  return first && DELETING.has(first) ? undefined : first;
}

/** Commands that delete received bytes: the native engine keeps none. They have a labelled button of their own. */
const DELETING: ReadonlySet<Action> = new Set(['abort', 'move']);

/** Returns the leading icon, or the progress ring while the download is active. */
function pictureOf(record: FetchRecord): TemplateResult {
  if (record.discardedAt !== undefined) return icon(isActive(record) ? 'cancel' : 'bin');
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
      return ringOf(record, record.engine === 'in-page' ? 'pause' : 'arrow');
    case 'stalled':
      return ringOf(record, 'bang');
    case 'paused':
      return ringOf(record, 'play');
    case 'starting':
      return ring(undefined);
    case 'saving':
      return ring(undefined, undefined, SAVING_ARC);
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

function commandsOf({ record, title, reader, act }: FaceInput): Face['commands'] {
  const { messages } = reader.language;
  if (record.discardedAt !== undefined) return [actionButton({ action: 'restore', title, messages, run: () => act('restore') })];
  switch (record.status) {
    case 'done':
      return menuOf(title, messages, act);
    case 'aborted':
    case 'evicted':
      return nothing;
    case 'failed':
      return [actionButton({ action: 'retry', title, messages, run: () => act('retry') })];
    default:
      return actionsOf(record)
        .filter((action) => DELETING.has(action))
        .map((action) => actionButton({ action, title, messages, run: () => act(action) }));
  }
}

function menuOf(title: string, messages: Messages, act: (action: Action) => void): TemplateResult {
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
