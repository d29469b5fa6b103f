/** Elements that are taken out of the page while something happens, and put back: each shows the truth at once. */
import { html, type TemplateResult } from 'lit';
import { expect, it, vi } from 'vitest';
import { createRecord } from '../../src/testing/index.js';
import { drawn, stage, textOf } from './puppet.js';

const ELEMENTS = {
  'bg-fetch-button': html`<bg-fetch-button fetch-id="ep-5" src="/a"></bg-fetch-button>`,
  'bg-fetch-progress': html`<bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>`,
  'bg-fetch-status': html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`,
  'bg-fetch-item': html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`,
  'bg-fetch-list': html`<bg-fetch-list></bg-fetch-list>`,
  'bg-fetch-indicator': html`<bg-fetch-indicator></bg-fetch-indicator>`,
  'bg-fetch-storage': html`<bg-fetch-storage></bg-fetch-storage>`,
} as const satisfies Readonly<Record<string, TemplateResult>>;
type Tag = keyof typeof ELEMENTS;

/** What an element shows, and what is in it. */
function seenIn(element: Element): string {
  const rows = [...(element.shadowRoot?.querySelectorAll('bg-fetch-item') ?? [])].map(textOf);
  const names = [...(element.shadowRoot?.querySelectorAll('[aria-label]') ?? [])].map((each) => each.getAttribute('aria-label'));
  return [textOf(element), ...rows, ...names].join('|');
}

it.each(Object.keys(ELEMENTS) as Tag[])('<%s> shows what happened while it was away, and what happens after', async (tag) => {
  const { element, puppet } = await stage(tag, ELEMENTS[tag], [createRecord({ downloaded: 6_000_000 })]);
  const before = seenIn(element);
  const parent = element.parentElement!;
  element.remove();
  puppet.set('ep-5', { status: 'done' });
  parent.prepend(element);
  await vi.waitFor(() => expect(seenIn(element)).not.toBe(before), { timeout: 30_000 });
  await drawn(element);
  const done = seenIn(element);
  const { element: fresh } = await stage(tag, ELEMENTS[tag], [puppet.records.get('ep-5')!]);
  if (tag !== 'bg-fetch-indicator') await vi.waitFor(() => expect(seenIn(fresh)).toBe(done), { timeout: 30_000 });
  puppet.set('ep-5', { status: 'evicted' });
  await vi.waitFor(() => expect(seenIn(element)).not.toBe(done), { timeout: 30_000 });
});
