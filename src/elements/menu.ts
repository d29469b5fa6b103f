/** A small menu that opens beside its button: the popover of the platform, the keys of the ARIA practices. */
import { html, type TemplateResult } from 'lit';

/** One line of a menu. */
export interface MenuItem {
  readonly words: string;
  readonly picture: TemplateResult;
  readonly run: () => void;
}

/** The lines of a menu; the button that opens it names it by `popovertarget`. */
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

/** Puts a popover under the button that opens it, or above it where there is no room; call it on `beforetoggle`. */
export function place(event: Event): void {
  if ((event as ToggleEvent).newState !== 'open') return;
  const popover = event.currentTarget as HTMLElement;
  const opener = openerOf(popover);
  if (!opener) return;
  const { style } = popover;
  // Its size is known only when it is shown.
  requestAnimationFrame(() => {
    const anchor = opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = popover;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = anchor.bottom + 4 + height <= clientHeight || anchor.top < height;
    const start = getComputedStyle(popover).direction === 'rtl' ? anchor.left : anchor.right - width;
    style.top = `${below ? anchor.bottom + 4 : anchor.top - height - 4}px`;
    style.left = `${Math.max(8, Math.min(start, clientWidth - width - 8))}px`;
  });
}

function openerOf(popover: HTMLElement): HTMLElement | null {
  return (popover.getRootNode() as ShadowRoot).querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
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
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
