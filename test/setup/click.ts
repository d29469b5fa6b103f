/** A click the browser takes for the user's own, in all three browsers. */
import { commands } from 'vitest/browser';

/** Clicks the middle of the element with the real pointer. */
export async function click(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const frame = window.frameElement?.getBoundingClientRect() ?? new DOMRect();
  const box = element.getBoundingClientRect();
  await commands.trustedClick(frame.x + box.x + box.width / 2, frame.y + box.y + box.height / 2);
}
