/** A command as a small button beside a download: a picture where everybody knows it, else a word. */
import { html, type TemplateResult } from 'lit';
import { wordOf, type Action } from '../view/actions.js';
import { fill, type Messages } from '../view/messages.js';
import { icon, type IconName } from './icons.js';

const ICONS: Readonly<Partial<Record<Action, IconName>>> = {
  pause: 'pause',
  resume: 'play',
  hurry: 'again',
  abort: 'cancel',
  open: 'open',
  save: 'save',
  discard: 'bin',
};

/** The button of a command; its name says which download it is for, since many such buttons stand in a list. */
export function actionButton(action: Action, title: string, messages: Messages, run: () => void, tabindex = 0): TemplateResult {
  const word = wordOf(action, messages);
  const name = title ? fill(messages.forTitle, { action: word, title }) : word;
  const picture = ICONS[action];
  return picture
    ? html`<button
        part="action"
        class="quiet"
        data-action=${action}
        tabindex=${tabindex}
        aria-label=${name}
        title=${word}
        @click=${run}
      >
        <slot name="${action}-icon">${icon(picture)}</slot>
      </button>`
    : html`<button part="action" class="word" data-action=${action} tabindex=${tabindex} aria-label=${name} @click=${run}>
        ${word}
      </button>`;
}
