/** Positions popovers next to their buttons, in every browser. */

/** Distance to the button and to the edges of the window, in pixels. */
const [GAP, EDGE] = [4, 8];

/** Ends the positioning of an open popover. */
const positioned = new WeakMap<HTMLElement, AbortController>();

/**
 * Places a popover below the button that opens it, or above if there is more room, always inside the window; follows the button while it is
 * open. Call it on `beforetoggle`.
 */
export function place(event: Event): void {
  const popover = event.currentTarget as HTMLElement;
  positioned.get(popover)?.abort();
  const opener = openerOf(popover);
  if ((event as ToggleEvent).newState !== 'open' || !opener) return;
  const open = new AbortController();
  positioned.set(popover, open);
  const update = () =>
    requestAnimationFrame(() => {
      // A removed popover closes without an event.
      if (!popover.isConnected) open.abort();
      else if (!open.signal.aborted) position(popover, opener);
    });
  const options = { capture: true, passive: true, signal: open.signal };
  for (const type of ['scroll', 'resize']) addEventListener(type, update, options);
  // Called first when the popover is shown, later when its content changes.
  const resized = new ResizeObserver(update);
  resized.observe(popover);
  open.signal.addEventListener('abort', () => resized.disconnect());
}

function position(popover: HTMLElement, opener: HTMLElement): void {
  const anchor = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height, style } = popover;
  const { clientWidth, clientHeight } = document.documentElement;
  const room = clientHeight - anchor.bottom - GAP - EDGE;
  const isBelow = height <= room || room >= anchor.top - GAP - EDGE;
  const top = isBelow ? anchor.bottom + GAP : anchor.top - height - GAP;
  const left = getComputedStyle(popover).direction === 'rtl' ? anchor.left : anchor.right - width;
  style.top = `${Math.max(EDGE, Math.min(top, clientHeight - height - EDGE))}px`;
  style.left = `${Math.max(EDGE, Math.min(left, clientWidth - width - EDGE))}px`;
}

/** Finds the button that references a popover by `popovertarget`. */
export function openerOf(popover: HTMLElement): HTMLElement | null {
  return (popover.getRootNode() as ShadowRoot).querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
}
