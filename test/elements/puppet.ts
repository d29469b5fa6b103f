/** Elements under a provider whose client is a puppet: what they show is what the test says. */
import { fixture, html } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import type { BgFetchProviderElement } from '../../src/elements/bg-fetch-provider.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { PuppetClient, type RecordParts } from '../../src/testing/index.js';
import '../../src/define.js';

/** The element with this tag in the template, drawn, and the puppet that moves it. */
export async function stage<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  content: TemplateResult,
  records: readonly FetchRecord[] = [],
): Promise<{ element: HTMLElementTagNameMap[Tag]; puppet: PuppetClient }> {
  const puppet = new PuppetClient(records);
  const provider = await fixture<BgFetchProviderElement>(
    html`<bg-fetch-provider .client=${puppet}>${content}</bg-fetch-provider>`,
  );
  const element = provider.querySelector(tag)!;
  for (const each of provider.querySelectorAll('*')) if (each instanceof LitElement) await each.updateComplete;
  await drawn(element);
  return { element, puppet };
}

/** The next event of this type. */
export function once<Type extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: Type,
): Promise<HTMLElementEventMap[Type]> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

/** Resolves when the element shows the facts as they are now: facts are drawn with the next frame. */
export async function drawn(element: Element): Promise<void> {
  await nextFrame();
  await settled(element);
}

async function settled(element: Element): Promise<void> {
  if (element instanceof LitElement) await element.updateComplete;
  for (const inner of element.shadowRoot?.querySelectorAll('bg-fetch-item, bg-fetch-list, bg-fetch-storage') ?? [])
    await settled(inner);
}

/** The next frame's end. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** The first element inside that has this part. */
export function part(element: Element, name: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`);
  if (!found) throw new Error(`No part "${name}" in <${element.localName}>.`);
  return found;
}

/** What can be read in an element, blanks made one. Words for those who listen only are left out. */
export function textOf(element: Element): string {
  const { content } = Object.assign(document.createElement('template'), { innerHTML: (element.shadowRoot ?? element).innerHTML });
  for (const unseen of content.querySelectorAll('.unseen, style, [popover]')) unseen.remove();
  return content.textContent.replace(/\s+/g, ' ').trim();
}

/** A stored download that is removed at the moment of its use: ten seconds later it is gone. */
export const justRemoved: RecordParts = {
  status: 'done',
  get discardedAt() {
    return Date.now();
  },
};
