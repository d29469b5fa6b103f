/** Drives the gallery's preview from outside: one story after the other in one page. */
import type axe from 'axe-core';
import type { TestPage } from '../browsers/browser.js';

/** What the preview listens and talks on. */
interface Channel {
  emit(event: string, ...args: unknown[]): void;
  once(event: string, listener: (what: unknown) => void): void;
}

/** Draws a story in this scheme and language; rejects when it fails. */
export function show(tab: TestPage, id: string, globals: Readonly<Record<string, string>>): Promise<void> {
  return tab.evaluate(
    async (storyId, wanted) => {
      const channel = (globalThis as unknown as { __STORYBOOK_ADDONS_CHANNEL__: Channel }).__STORYBOOK_ADDONS_CHANNEL__;
      const rendered = new Promise<void>((resolve, reject) => {
        channel.once('storyRendered', () => resolve());
        for (const event of ['storyErrored', 'storyThrewException', 'storyMissing', 'playFunctionThrewException']) {
          channel.once(event, (what) => reject(new Error(`${event}: ${JSON.stringify(what)}`)));
        }
      });
      // The gallery's own axe rests meanwhile.
      channel.emit('updateGlobals', { globals: { ...wanted, a11y: { manual: true } } });
      channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
      await rendered;
    },
    id,
    globals,
  );
}

/** What axe finds in the story once all of it is drawn, as "rule: where: why". */
export function violationsIn(tab: TestPage): Promise<string[]> {
  return tab.evaluate(async () => {
    const root = document.querySelector('#storybook-root')!;
    const all = (from: Element | ShadowRoot): Element[] =>
      [...from.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
    for (let frame = 0; frame < 2; frame++) {
      for (const each of all(root)) await (each as Element & { updateComplete?: Promise<unknown> }).updateComplete;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(root, {
      preload: false,
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
  });
}
