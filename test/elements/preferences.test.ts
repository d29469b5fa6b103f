/** What people have asked their system for: less motion, colours of their own, large type. Chromium alone can be told. */
import { html } from '@open-wc/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, server } from 'vitest/browser';
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, part, stage } from './puppet.js';

const STATUSES: readonly FetchStatus[] = ['starting', 'waiting', 'downloading', 'stalled', 'paused', 'saving', 'done', 'failed'];
/** A circle or a pass that takes so many seconds does not catch the eye. */
const SLOW = 4;

async function prefer(...features: readonly { readonly name: string; readonly value: string }[]): Promise<void> {
  const session = cdp() as unknown as { send(method: string, params: object): Promise<void> };
  await session.send('Emulation.setEmulatedMedia', { features });
}

function inside(element: Element): Element[] {
  return [...(element.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((each) => [each, ...inside(each)]);
}

const everything = html`<div>
  <bg-fetch-button fetch-id="ep-5"></bg-fetch-button>
  <bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>
  <bg-fetch-progress fetch-id="ep-5" variant="ring"></bg-fetch-progress>
  <bg-fetch-indicator></bg-fetch-indicator>
  <bg-fetch-list></bg-fetch-list>
</div>`;

describe.runIf(server.browser === 'chromium')('the elements', () => {
  afterEach(() => prefer());

  it.each(STATUSES)('move nothing fast for one who wants less motion, while %s', async (status) => {
    await prefer({ name: 'prefers-reduced-motion', value: 'reduce' });
    const { element } = await stage('bg-fetch-list', everything, [createRecord({ status })]);
    const all = [...element.parentElement!.children].flatMap(inside);
    expect(all.length).toBeGreaterThan(40);
    const fast = all.filter((each) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(each);
      const turns = animationName !== 'none' && Number.parseFloat(animationDuration) < SLOW;
      return turns || transitionDuration.split(', ').some((time) => time !== '0s');
    });
    expect(fast.map((each) => each.outerHTML)).toEqual([]);
  });

  it('keep a bar that can be told from its track in forced colours', async () => {
    await prefer({ name: 'forced-colors', value: 'active' });
    const { element } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [createRecord()]);
    const [bar, fill] = [getComputedStyle(part(element, 'bar')), getComputedStyle(part(element, 'fill'))];
    expect(fill.backgroundColor).not.toBe(bar.backgroundColor);
    expect(Number.parseFloat(bar.borderBlockStartWidth)).toBeGreaterThan(0);
  });

  it('keep a meter whose shares can be told from what is free in forced colours', async () => {
    await prefer({ name: 'forced-colors', value: 'active' });
    const { element } = await stage('bg-fetch-storage', html`<bg-fetch-storage></bg-fetch-storage>`, [
      createRecord({ status: 'done' }),
    ]);
    await expect.poll(() => element.shadowRoot?.querySelector('[part=segment]'), { timeout: 30_000 }).toBeTruthy();
    const [meter, segment] = [getComputedStyle(part(element, 'meter')), getComputedStyle(part(element, 'segment'))];
    expect(segment.backgroundColor).not.toBe(meter.backgroundColor);
    expect(Number.parseFloat(meter.borderBlockStartWidth)).toBeGreaterThan(0);
  });

  it.each(STATUSES)('crush no words and cut no command in large type on a small screen, while %s', async (status) => {
    const large = html`<div style="inline-size: 320px; font-size: 32px"><bg-fetch-item fetch-id="ep-5"></bg-fetch-item></div>`;
    const { element } = await stage('bg-fetch-item', large, [createRecord({ status })]);
    await drawn(element);
    const box = element.getBoundingClientRect();
    expect(part(element, 'words').getBoundingClientRect().width).toBeGreaterThan(120);
    for (const action of element.shadowRoot!.querySelectorAll('[part=action]')) {
      const { left, right } = action.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(box.left);
      expect(right).toBeLessThanOrEqual(box.right);
    }
  });
});
