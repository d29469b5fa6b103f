/** What is said aloud, and how seldom: ten sentences a minute for the whole page, so these tests have one of their own. */
import { html } from '@open-wc/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRecord } from '../../src/testing/index.js';
import { drawn, nextFrame, stage } from './puppet.js';

let start = Date.now();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  // The minute of one test is over before the next begins.
  vi.setSystemTime((start += 600_000));
});
afterEach(() => {
  vi.useRealTimers();
});

/** What every live region says now. */
function heard(): string[] {
  const roots = [...document.querySelectorAll('bg-fetch-provider *')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return roots
    .flatMap((root) => [...root.querySelectorAll('[role=status]')].map(({ textContent }) => textContent))
    .filter(Boolean);
}

it('announces a change of state once, and a last "complete"', async () => {
  const { element, puppet } = await stage('bg-fetch-status', html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`, [
    createRecord({ downloaded: 1 }),
  ]);
  puppet.set('ep-5', { downloaded: 20_000_000 });
  await drawn(element);
  expect(heard()).toEqual([]);
  puppet.set('ep-5', { status: 'done' });
  await drawn(element);
  expect(heard()).toEqual(['Episode 5: Interesting things: complete, Available offline']);
});

it('says the percentage every ten seconds at most', async () => {
  const { element, puppet } = await stage('bg-fetch-status', html`<bg-fetch-status fetch-id="ep-5"></bg-fetch-status>`, [
    createRecord({ downloaded: 1 }),
  ]);
  const said: string[] = [];
  for (let second = 1; second <= 30; second++) {
    vi.setSystemTime(Date.now() + 1000);
    puppet.set('ep-5', { downloaded: second * 1_000_000 });
    await drawn(element);
    const [now] = heard();
    if (now !== undefined && now !== said.at(-1)) said.push(now);
  }
  expect(said).toHaveLength(3);
  expect(said[0]).toContain('16%');
});

it('says a thing once where several elements show it', async () => {
  const both = html`<div>
    <bg-fetch-button fetch-id="ep-5" src="/a"></bg-fetch-button><bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
  </div>`;
  const { puppet } = await stage('div', both, [createRecord({ downloaded: 1 })]);
  puppet.set('ep-5', { status: 'paused' });
  await nextFrame();
  await nextFrame();
  expect(heard()).toEqual(['Episode 5: Interesting things: Paused at 0%']);
});

it('makes ten announcements a minute, however much happens', async () => {
  const records = Array.from({ length: 50 }, (_, index) => createRecord({ id: `d${index}`, title: `D${index}`, downloaded: 1 }));
  const { element, puppet } = await stage('bg-fetch-list', html`<bg-fetch-list></bg-fetch-list>`, records);
  await drawn(element);
  for (const { id } of records) puppet.set(id, { status: 'stalled' });
  await drawn(element);
  const items = [...element.shadowRoot!.querySelectorAll('bg-fetch-item')];
  const said = items.flatMap(({ shadowRoot }) =>
    [...shadowRoot!.querySelectorAll('[role=status]')].filter(({ textContent }) => textContent),
  );
  expect(said).toHaveLength(10);
});
