/** A menu in a native popover, with the keyboard interaction of the ARIA Authoring Practices. */
import { html, type TemplateResult } from 'lit';
import { openerOf, place } from './popover.js';

/** One item of a menu. */
export interface MenuItem {
  readonly words: TemplateResult;
  readonly picture: TemplateResult;
  readonly run: () => void;
}

/** Renders a menu; the button that opens it references it by `popovertarget`. */
export function menu(id: string, label: string, items: readonly MenuItem[]): TemplateResult {
  return html`<div
    id=${id}
    part="menu"
    class="menu"
    role="menu"
    aria-label=${label}
    popover
    @beforetoggle=${place}
    @toggle=${toggled}
    @keydown=${move}
  >
    ${items.map(
      ({ words, picture, run }) =>
        html`<button
          part="menuitem"
          role="menuitem"
          tabindex="-1"
          @click=${(event: Event) => {
            close(event);
            run();
          }}
        >
          ${picture}${words}
        </button>`,
    )}
  </div>`;
}

function itemsOf(event: Event): HTMLElement[] {
  return [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=menuitem]')];
}

function toggled(event: Event): void {
  if ((event as ToggleEvent).newState === 'open') itemsOf(event)[0]?.focus();
}

function close(event: Event): void {
  const popover = (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]');
  if (!popover) return;
  popover.hidePopover();
  openerOf(popover)?.focus();
}

function move(event: KeyboardEvent): void {
  const items = itemsOf(event);
  const at = items.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Tab' || event.key === 'Escape') close(event);
  // Else it closes a dialog around the menu too.
  if (event.key === 'Escape') event.preventDefault();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
