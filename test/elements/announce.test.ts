/** What is said aloud, and how seldom: ten sentences a minute for the whole page, so these tests have one of their own. */
import { fixture, html } from '@open-wc/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BgFetchListElement } from '../../src/elements/list/bg-fetch-list.js';
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

it('announces once if several elements show the download', async () => {
  const both = html`<div>
    <bg-fetch-button fetch-id="ep-5" src="/a"></bg-fetch-button><bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
  </div>`;
  const { puppet } = await stage('div', both, [createRecord({ downloaded: 1 })]);
  puppet.set('ep-5', { status: 'paused' });
  await nextFrame();
  await nextFrame();
  expect(heard()).toEqual(['Episode 5: Interesting things: Paused at 0%']);
});

const list = html`<bg-fetch-list></bg-fetch-list>`;

/** What the list says, line by line. */
function saidBy(element: Element): (string | null)[] {
  return [...element.shadowRoot!.querySelectorAll('[part=panel] > [role=status] > *')].map(({ textContent }) => textContent);
}

describe('a list', () => {
  const records = ['A', 'B', 'C'].map((title, index) => createRecord({ id: title, title, downloaded: 1, startedAt: index }));

  it('announces a last "complete", although the row moves to another group', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, records);
    const region = element.shadowRoot!.querySelector('[role=status]');
    puppet.set('A', { status: 'done' });
    await drawn(element);
    // A region that has just come is not heard.
    expect(element.shadowRoot!.querySelector('[role=status]')).toBe(region);
    expect(saidBy(element)).toEqual(['A: complete, Available offline']);
    expect(heard()).toHaveLength(1);
  });

  it('announces each of several changes at once', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, records);
    puppet.set('A', { status: 'done' });
    puppet.set('B', { status: 'paused' });
    puppet.set('B', { downloaded: 2 });
    await drawn(element);
    expect(saidBy(element)).toEqual(['A: complete, Available offline', 'B: Paused at 0%']);
    puppet.set('C', { status: 'failed' });
    await drawn(element);
    expect(saidBy(element)).toEqual(['C: The connection failed']);
  });

  it('says the percentage every ten seconds at most', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, records.slice(0, 1));
    const said: (string | null)[][] = [];
    for (let second = 1; second <= 30; second++) {
      vi.setSystemTime(Date.now() + 1000);
      puppet.set('A', { downloaded: second * 1_000_000 });
      await drawn(element);
      if (saidBy(element).join() !== (said.at(-1) ?? []).join()) said.push(saidBy(element));
    }
    expect(said.map(([line]) => line?.slice(0, 6))).toEqual(['A: 18%', 'A: 35%']);
  });

  it('announces changes of a row out of view', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      createRecord({ id: `d${index}`, title: `D${index}`, startedAt: index }),
    );
    const { element, puppet } = await stage('bg-fetch-list', list, many);
    puppet.set('d199', { status: 'done' });
    await drawn(element);
    expect(saidBy(element)).toEqual(['D199: complete, Available offline']);
  });

  it('announces changes of records that were set on it', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${records}></bg-fetch-list>`);
    await drawn(element);
    element.records = records.map((record) => ({ ...record, ...(record.id === 'B' ? { status: 'paused' as const } : {}) }));
    await drawn(element);
    expect(saidBy(element)).toEqual(['B: Paused at 0%']);
  });

  it('says which download was added, once', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, records);
    await puppet.start('new', '/new.mp3', { title: 'New' });
    await drawn(element);
    expect(saidBy(element)).toEqual(['New added']);
    expect(heard()).toEqual(['New added']);
  });

  it('does not repeat the announcement of a button', async () => {
    const both = html`<div><bg-fetch-button fetch-id="A" src="/a"></bg-fetch-button>${list}</div>`;
    const { puppet } = await stage('div', both, records);
    puppet.set('A', { status: 'done' });
    await nextFrame();
    await nextFrame();
    expect(heard()).toEqual(['A: complete, Available offline']);
  });

  it('makes ten announcements a minute, however much happens', async () => {
    const many = Array.from({ length: 50 }, (_, index) => createRecord({ id: `d${index}`, title: `D${index}`, downloaded: 1 }));
    const { element, puppet } = await stage('bg-fetch-list', list, many);
    for (const { id } of many) puppet.set(id, { status: 'stalled' });
    await drawn(element);
    expect(saidBy(element)).toHaveLength(10);
  });
});
