/** The small button of a command: an icon if it is well known, else a label. */
import { html, nothing, type TemplateResult } from 'lit';
import { wordOf, type Action } from '../../view/actions.js';
import { fill, type Messages } from '../../view/messages.js';
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

/** Options of a command's button. */
export interface ActionButton {
  readonly action: Action;
  /** Title of the download, part of the accessible name: a list has many such buttons. */
  readonly title: string;
  readonly messages: Messages;
  readonly run: () => void;
  readonly tabindex?: number;
  /** Replaces the default icon. */
  readonly picture?: IconName | undefined;
  /** False if one shadow tree has several such buttons: a slot name can be used once. */
  readonly hasSlot?: boolean;
}

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
