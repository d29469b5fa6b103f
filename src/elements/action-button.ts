/** A command as a small button beside a download: a picture where everybody knows it, else a word. */
import { html, nothing, type TemplateResult } from 'lit';
import { wordOf, type Action } from '../view/actions.js';
import { fill, type Messages } from '../view/messages.js';
import { icon, type IconName } from './more-icons.js';

const ICONS: Readonly<Partial<Record<Action, IconName>>> = {
  pause: 'pause',
  resume: 'play',
  hurry: 'play',
  abort: 'cancel',
  open: 'open',
  save: 'save',
  discard: 'bin',
};

/** What a button is for. */
export interface ActionButton {
  readonly action: Action;
  /** Its name says which download it is for, since many such buttons stand in a list. */
  readonly title: string;
  readonly messages: Messages;
  readonly run: () => void;
  readonly tabindex?: number;
  /** In place of the usual one. */
  readonly picture?: IconName | undefined;
  /** False where many of them stand in one tree: a slot of one name is filled once. */
  readonly hasSlot?: boolean;
}

/** The button of a command. */
export function actionButton({
  action,
  title,
  messages,
  run,
  tabindex = 0,
  picture: name = ICONS[action],
  hasSlot = true,
}: ActionButton): TemplateResult {
  const word = wordOf(action, messages);
  const label = title ? fill(messages.forTitle, { action: word, title }) : word;
  const picture = name && icon(name);
  const content = picture ?? word;
  return html`<button
    part="action"
    class=${picture ? 'quiet' : 'word'}
    data-action=${action}
    tabindex=${tabindex}
    aria-label=${label}
    title=${picture ? word : nothing}
    @click=${run}
  >
    ${hasSlot ? html`<slot name=${picture ? `${action}-icon` : action}>${content}</slot>` : content}
  </button>`;
}
