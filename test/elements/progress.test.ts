/** Progress, status, indicator, storage and provider. */
import { fixture, html } from '@open-wc/testing';
import { describe, expect, it, vi } from 'vitest';
import type { BgFetchIndicatorElement } from '../../src/elements/indicator/bg-fetch-indicator.js';
import type { BgFetchProgressElement } from '../../src/elements/bg-fetch-progress.js';
import type { BgFetchProviderElement } from '../../src/elements/bg-fetch-provider.js';
import { setMessages } from '../../src/elements/base/localizer.js';
import { createRecord, PuppetClient } from '../../src/testing/index.js';
import { drawn, part, stage, textOf } from './puppet.js';

const bound = html`<bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>`;

/** What a progressbar tells those who listen. */
function toldBy(element: Element) {
  const bar = element.shadowRoot!.querySelector('[role=progressbar]')!;
  return {
    name: bar.getAttribute('aria-label'),
    now: bar.getAttribute('aria-valuenow'),
    text: bar.getAttribute('aria-valuetext'),
  };
}

describe('progress', () => {
  it('has a name and a whole percentage', async () => {
    const { element } = await stage('bg-fetch-progress', bound, [createRecord()]);
    expect(toldBy(element)).toEqual({ name: 'Episode 5: Interesting things.', now: '64', text: '64%' });
    await expect(element).to.be.accessible();
  });

  it('has no value, and is animated, while the total is unknown', async () => {
    const { element } = await stage('bg-fetch-progress', bound, [createRecord({ downloadTotal: 0, downloaded: 212_000_000 })]);
    expect(toldBy(element).now).toBeNull();
    expect(element.matches(':state(indeterminate)')).toBe(true);
    expect(textOf(element)).toBe('212 MB so far');
    await expect(element).to.be.accessible();
  });

  it('never goes backwards, not even when the bytes do', async () => {
    const { element, puppet } = await stage('bg-fetch-progress', bound, [createRecord()]);
    puppet.set('ep-5', { downloaded: 0 });
    await drawn(element);
    expect(toldBy(element).now).toBe('64');
    puppet.set('ep-5', { downloaded: 1_000_000, startedAt: Date.now() });
    await drawn(element);
    expect(toldBy(element).now).toBe('1');
  });

  it('shows 100 % only when the bytes are stored', async () => {
    const { element, puppet } = await stage('bg-fetch-progress', bound, [createRecord({ downloaded: 70_000_000 })]);
    expect(toldBy(element).now).toBe('99');
    puppet.set('ep-5', { status: 'saving' });
    await drawn(element);
    expect(toldBy(element).now).toBe('99');
    puppet.set('ep-5', { status: 'done' });
    await drawn(element);
    expect(toldBy(element).now).toBe('100');
  });

  it('fills its bar from nothing to its whole width, moved in per cent alone', async () => {
    const element = await fixture<BgFetchProgressElement>(html`<bg-fetch-progress max="100"></bg-fetch-progress>`);
    const [bar, fill] = [part(element, 'bar'), part(element, 'fill')];
    element.style.setProperty('--glide', '0s');
    for (const value of [0, 37, 100]) {
      element.value = value;
      await drawn(element);
      expect(fill.getBoundingClientRect().right - bar.getBoundingClientRect().right).toBeCloseTo(
        ((value - 100) / 100) * (bar.getBoundingClientRect().width + 1),
        1,
      );
      // A calc() of per cent and pixels, animated, crashes the pages of WebKitGTK 2.50.
      expect(getComputedStyle(fill).translate).toMatch(/^-?[\d.]+(%|px)$/);
    }
  });

  it('counts and shows sent bytes', async () => {
    const { element } = await stage('bg-fetch-progress', bound, [
      createRecord({ uploaded: 12_000_000, uploadTotal: 30_000_000, downloaded: 0, downloadTotal: 0 }),
    ]);
    expect(toldBy(element).now).toBe('40');
    expect(textOf(element)).toBe('40% 12.0 of 30 MB sent');
  });

  it('shows the values of any other progress callback', async () => {
    const element = await fixture<BgFetchProgressElement>(
      html`<bg-fetch-progress value="3" max="12" label="Model"></bg-fetch-progress>`,
    );
    expect(toldBy(element)).toEqual({ name: 'Model', now: '25', text: '25%' });
    element.value = 40;
    await element.updateComplete;
    expect(toldBy(element).now).toBe('100');
    element.value = NaN;
    await element.updateComplete;
    expect(toldBy(element).now).toBeNull();
  });

  it('can be a ring', async () => {
    const { element } = await stage(
      'bg-fetch-progress',
      html`<bg-fetch-progress fetch-id="ep-5" variant="ring"></bg-fetch-progress>`,
      [createRecord()],
    );
    expect(part(element, 'ring').querySelector('.value')?.getAttribute('stroke-dashoffset')).toBe('36');
    expect(toldBy(element).now).toBe('64');
    await expect(element).to.be.accessible();
  });
});

describe('status', () => {
  it('is one sentence, with the title set apart', async () => {
    const { element } = await stage('bg-fetch-status', html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`, [
      createRecord(),
    ]);
    expect(textOf(element)).toBe('Episode 5: Interesting things: 64%');
    expect(element.shadowRoot?.querySelector('bdi')?.textContent).toBe('Episode 5: Interesting things');
    await expect(element).to.be.accessible();
  });
});

describe('indicator', () => {
  const tool = html`<bg-fetch-indicator></bg-fetch-indicator>`;

  it('shows the number of downloads and their common progress', async () => {
    const { element } = await stage('bg-fetch-indicator', tool, [
      createRecord({ id: 'a', downloaded: 10, downloadTotal: 100 }),
      createRecord({ id: 'b', downloaded: 240, downloadTotal: 400 }),
      createRecord({ id: 'c', status: 'done' }),
    ]);
    expect(part(element, 'button').getAttribute('aria-label')).toBe('Downloads, 2: 50%');
    expect(part(element, 'count').textContent).toBe('2');
    expect(element.matches(':state(downloading)')).toBe(true);
    await expect(element).to.be.accessible();
  });

  it('shows the result of the last download until the list is opened', async () => {
    const { element, puppet } = await stage('bg-fetch-indicator', tool, [createRecord()]);
    puppet.set('ep-5', { status: 'done' });
    await drawn(element);
    expect(element.matches(':state(done)')).toBe(true);
    part(element, 'button').click();
    await vi.waitFor(() => expect(element.shadowRoot?.querySelector('bg-fetch-list')).not.toBeNull(), { timeout: 10_000 });
    await vi.waitFor(() => expect(element.matches(':state(idle)')).toBe(true), { timeout: 10_000 });
    expect(part(element, 'popover').matches(':popover-open')).toBe(true);
  });

  it('shows records that were set on it', async () => {
    const element = await fixture<BgFetchIndicatorElement>(
      html`<bg-fetch-indicator .records=${[createRecord()]}></bg-fetch-indicator>`,
    );
    expect(part(element, 'button').getAttribute('aria-label')).toBe('Downloads, 1: 64%');
  });
});

describe('storage', () => {
  const room = html`<bg-fetch-storage></bg-fetch-storage>`;
  const stored = [
    createRecord({ id: 'a', title: 'A', status: 'done', downloadTotal: 500_000_000, startedAt: 1 }),
    createRecord({ id: 'b', title: 'B', status: 'done', downloadTotal: 1_100_000_000, startedAt: 2 }),
    createRecord({ id: 'c', title: 'C', status: 'evicted', startedAt: 3 }),
  ];

  async function filled() {
    const staged = await stage('bg-fetch-storage', room, stored);
    staged.puppet.space = { usage: 1_900_000_000, quota: 10_000_000_000, persisted: false };
    await staged.element.refresh();
    await drawn(staged.element);
    return staged;
  }

  it('shows used and free space, the size of each download, and other data', async () => {
    const { element } = await filled();
    expect(textOf(element)).toBe(
      '1.9 of 10 GB used 8.1 GB left B 1.1 GB A 500 MB Other data300 MB The browser may clear this when space is short. Keep it',
    );
    await expect(element).to.be.accessible();
  });

  it('removes a download, and restores it', async () => {
    const { element, puppet } = await filled();
    element.shadowRoot?.querySelector<HTMLElement>('[data-action=discard]')?.click();
    await vi.waitFor(() => expect(textOf(element)).toContain('B Removed Undo'), { timeout: 10_000 });
    element.shadowRoot?.querySelector<HTMLElement>('[data-action=restore]')?.click();
    await vi.waitFor(() => expect(textOf(element)).toContain('B 1.1 GB'), { timeout: 10_000 });
    expect(puppet.commands.map(({ name }) => name)).toEqual(['discard', 'restore']);
  });

  it('leaves the focus near a line that is gone, and where "Keep it" was', async () => {
    const { element, puppet } = await filled();
    const focused = () => element.shadowRoot?.activeElement?.getAttribute('aria-label');
    [...element.shadowRoot!.querySelectorAll<HTMLElement>('[data-action=discard]')].at(-1)?.focus();
    expect(focused()).toBe('Remove: A');
    puppet.records.delete('a');
    await drawn(element);
    expect(element.shadowRoot?.activeElement?.textContent.trim()).toBe('Keep it');
    await element.persist();
    await drawn(element);
    expect(focused()).toBe('Remove: B');
  });

  it('asks the browser to keep what is stored, and says what it answered', async () => {
    const { element, puppet } = await filled();
    vi.spyOn(puppet, 'persist').mockResolvedValueOnce(false);
    expect(await element.persist()).toBe(false);
    await drawn(element);
    expect(textOf(element)).toContain('The browser did not agree to keep this.');
    await element.persist();
    await drawn(element);
    expect(textOf(element)).toContain('The browser keeps this.');
  });
});

describe('provider', () => {
  it('gives its client to elements in other shadow trees below it', async () => {
    const provider = await fixture<BgFetchProviderElement>(
      html`<bg-fetch-provider .client=${new PuppetClient([createRecord()])}><div></div></bg-fetch-provider>`,
    );
    const inner = document.createElement('bg-fetch-status');
    inner.fetchId = 'ep-5';
    provider.querySelector('div')!.attachShadow({ mode: 'open' }).append(inner);
    await drawn(inner);
    expect(textOf(inner)).toContain('64%');
  });

  it('gives another client to all when it gets one', async () => {
    const { element } = await stage('bg-fetch-status', html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`, [
      createRecord(),
    ]);
    (element.parentElement as BgFetchProviderElement).client = new PuppetClient([createRecord({ status: 'paused' })]);
    await drawn(element);
    expect(textOf(element)).toContain('Paused');
  });

  it('is shown by the fetch-id an element gets later', async () => {
    const { element } = await stage('bg-fetch-status', html`<bg-fetch-status></bg-fetch-status>`, [
      createRecord(),
      createRecord({ id: 'b', title: 'B' }),
    ]);
    element.fetchId = 'b';
    await drawn(element);
    expect(textOf(element)).toBe('B: 64%');
  });

  it('shows nothing of a previous download', async () => {
    const { element, puppet } = await stage('bg-fetch-status', html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`, [
      createRecord(),
    ]);
    puppet.records.set(createRecord({ status: 'done' }));
    await drawn(element);
    const said = element.shadowRoot!.querySelector('[role=status]')!;
    expect(said.textContent).toContain('Available offline');
    element.fetchId = 'ep-6';
    await element.updateComplete;
    expect(said.textContent).toBe('');
    expect(element.matches(':state(idle)')).toBe(true);
    expect(element.matches(':state(done)')).toBe(false);
  });
});

describe('words', () => {
  it('can be replaced by the site', async () => {
    const { element } = await stage('bg-fetch-status', html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`, [
      createRecord({ status: 'done', title: '' }),
    ]);
    setMessages('en', { done: 'On this device' });
    await drawn(element);
    expect(textOf(element)).toBe('complete, On this device');
    setMessages('en', { done: 'Available offline' });
  });
});
