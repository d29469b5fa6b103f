/** Where a popover opens: beside its button, in every browser. */

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

/** The button that opens a popover: it names it by `popovertarget`. */
export function openerOf(popover: HTMLElement): HTMLElement | null {
  return (popover.getRootNode() as ShadowRoot).querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
}
