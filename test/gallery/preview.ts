/** Drives the gallery's preview from outside: one story after the other in one page. */
import type axe from 'axe-core';
import { waitFor, type TestPage } from '../browsers/browser.js';

/** What the preview listens and talks on, and what it draws. */
interface Preview {
  readonly __STORYBOOK_ADDONS_CHANNEL__: {
    emit(event: string, ...args: unknown[]): void;
    on(event: string, listener: (what: unknown) => void): void;
    off(event: string, listener: (what: unknown) => void): void;
  };
  readonly __STORYBOOK_PREVIEW__?: { readonly currentRender?: { readonly phase?: string } };
}

/** Waits until the story that the page opened with is drawn: another one before that would reload the page. */
export async function isOpen(tab: TestPage): Promise<void> {
  await waitFor(
    tab,
    'the first story',
    () => (globalThis as unknown as Preview).__STORYBOOK_PREVIEW__?.currentRender?.phase === 'finished',
    [],
  );
}

/** Shows a story in the place of the last one; rejects when it fails. */
export function show(tab: TestPage, id: string): Promise<void> {
  return tab.evaluate(
    (storyId) =>
      new Promise<void>((resolve, reject) => {
        const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as Preview;
        const failures = ['storyErrored', 'storyThrewException', 'storyMissing', 'playFunctionThrewException'];
        const listeners = ['storyFinished', 'storyUnchanged', ...failures].map((event) => {
          const listener = (what: unknown) => {
            for (const [each, of] of listeners) channel.off(each, of);
            if (failures.includes(event)) reject(new Error(`${event}: ${JSON.stringify(what)}`));
            else resolve();
          };
          return [event, listener] as const;
        });
        for (const [event, listener] of listeners) channel.on(event, listener);
        channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
      }),
    id,
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
