/** What was removed can be restored as long as its undo control is used (WCAG 2.2.1). */
import { html, type TemplateResult } from 'lit';
import { expect, it, vi } from 'vitest';
import { UNDO_TIME } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { click } from '../setup/click.js';
import { part, stage, textOf } from './puppet.js';

type Tag = 'bg-fetch-button' | 'bg-fetch-item' | 'bg-fetch-storage';

const ELEMENTS: readonly (readonly [Tag, TemplateResult])[] = [
  ['bg-fetch-button', html`<bg-fetch-button fetch-id="ep-5" src="/a.mp3"></bg-fetch-button>`],
  ['bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`],
  ['bg-fetch-storage', html`<bg-fetch-storage></bg-fetch-storage>`],
];

/** The time is over soon. */
const almostOver = () => ({ discardedAt: Date.now() - UNDO_TIME + 2000 });

/** A removed download in this element, and its undo control. */
async function removed(tag: Tag, content: TemplateResult, parts: Parameters<typeof createRecord>[0] = { status: 'done' }) {
  const { element, puppet } = await stage(tag, content, [createRecord({ ...parts, ...almostOver() })]);
  await vi.waitFor(() => expect(element.shadowRoot?.querySelector('[data-action=restore]')).not.toBeNull(), { timeout: 30_000 });
  return { element, puppet, undo: element.shadowRoot!.querySelector<HTMLElement>('[data-action=restore]')! };
}

it.each(ELEMENTS)('stays in a <%s> while its undo control has the focus of the keyboard', async (tag, content) => {
  const { puppet, undo } = await removed(tag, content);
  undo.focus();
  await vi.waitFor(() => expect(puppet.commands).toEqual([{ name: 'discard', id: 'ep-5' }]), { timeout: 10_000 });
  undo.click();
  await vi.waitFor(() => expect(puppet.records.get('ep-5')?.discardedAt).toBeUndefined(), { timeout: 30_000 });
});

it.each(ELEMENTS)('stays in a <%s> while the pointer is over its undo control', async (tag, content) => {
  const { puppet, undo } = await removed(tag, content);
  // A click brings the pointer there; it is to do nothing else.
  undo.addEventListener('click', (event) => event.stopImmediatePropagation(), { capture: true });
  await click(undo);
  await vi.waitFor(() => expect(puppet.commands).toEqual([{ name: 'discard', id: 'ep-5' }]), { timeout: 10_000 });
});

it('shows no countdown that does not run', async () => {
  const { element, undo } = await removed(...ELEMENTS[1]!);
  undo.focus();
  await vi.waitFor(() => expect(textOf(element)).toContain('things. Removed Undo'), { timeout: 10_000 });
});

it('is not kept after a cancellation in the native engine, which moves bytes meanwhile', async () => {
  const { element, puppet, undo } = await removed(...ELEMENTS[0]!, { status: 'downloading', engine: 'native' });
  undo.focus();
  await vi.waitFor(() => expect(part(element, 'label').textContent).toBe('Cancelled'), { timeout: 30_000 });
  await vi.waitFor(() => expect(element.shadowRoot?.querySelector('.detail')).toBeNull(), { timeout: 10_000 });
  expect(puppet.commands).toEqual([]);
});

it('of a cancelled download is not in the storage element, which shows its bytes until they are deleted', async () => {
  const cancelled = createRecord({ status: 'paused', downloaded: 5_000_000, discardedAt: Date.now() });
  const { element } = await stage('bg-fetch-storage', html`<bg-fetch-storage></bg-fetch-storage>`, [cancelled]);
  await vi.waitFor(() => expect(textOf(element)).toContain('5 MB'), { timeout: 30_000 });
  expect(textOf(element)).not.toContain('Removed');
});
