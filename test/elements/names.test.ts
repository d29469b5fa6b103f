/** Names, roles and values, as they reach those who do not see the page. */
import { html } from '@open-wc/testing';
import { describe, expect, it } from 'vitest';
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, part, stage } from './puppet.js';

describe('the button', () => {
  const names: Partial<Record<FetchStatus, string>> = {
    starting: 'Starting… Episode 5',
    queued: 'Queued Start now: Episode 5',
    downloading: 'Pause: Episode 5',
    paused: 'Paused · 25.2 of 60 MB Resume: Episode 5',
    done: 'Available offline Open: Episode 5',
    failed: 'The connection failed Try again: Episode 5',
    evicted: 'Download again · Removed by the browser Episode 5',
  };

  it.each(Object.entries(names) as [FetchStatus, string][])('while %s is called "%s"', async (status, name) => {
    const content = html`<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"></bg-fetch-button>`;
    const { element } = await stage('bg-fetch-button', content, [createRecord({ status, title: 'Episode 5' })]);
    await expect.element(part(element, 'button')).toHaveAccessibleName(name);
    await expect.element(part(element, 'button')).toHaveRole('button');
  });

  it('keeps its name while the numbers move', async () => {
    const content = html`<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"></bg-fetch-button>`;
    const { element, puppet } = await stage('bg-fetch-button', content, [createRecord({ title: 'Episode 5' })]);
    puppet.set('ep-5', { downloaded: 50_000_000 });
    await drawn(element);
    await expect.element(part(element, 'button')).toHaveAccessibleName('Pause: Episode 5');
  });

  it('is called what the link in it says', async () => {
    const content = html`<bg-fetch-button><a href="/ep-5.mp3" download>Get it</a></bg-fetch-button>`;
    const { element } = await stage('bg-fetch-button', content);
    await expect.element(part(element, 'button')).toHaveAccessibleName('Get it');
  });
});

describe('a title that is not set', () => {
  it.each([
    ['/media/The%20film.mp4', 'The film.mp4'],
    ['media/The%20film.mp4?token=1#t=5', 'The film.mp4'],
    ['https://example.com/media/The%20film.mp4', 'The film.mp4'],
    ['/media/%E0%A4%A.mp4', '%E0%A4%A.mp4'],
  ])('of %s is "%s", as button and as link', async (src, title) => {
    const content = html`<bg-fetch-button src=${src}></bg-fetch-button>`;
    const { element, puppet } = await stage('bg-fetch-button', content);
    expect(part(element, 'button').textContent.replace(/\s+/g, ' ').trim()).toBe(`Download ${title}`);
    puppet.canDownload = false;
    element.requestUpdate();
    await drawn(element);
    expect(part(element, 'button').localName).toBe('a');
    expect(part(element, 'button').textContent.replace(/\s+/g, ' ').trim()).toBe(`Download ${title}`);
    puppet.canDownload = true;
    await element.start();
    expect(puppet.records.values().map((record) => record.title)).toEqual([title]);
  });
});

describe('the list', () => {
  it('is a group of lists with a name each, and every command says which download it is for', async () => {
    const records = [
      createRecord({ id: 'a', title: 'A', startedAt: 1 }),
      createRecord({ id: 'b', title: 'B', status: 'done', startedAt: 2 }),
    ];
    const { element } = await stage('bg-fetch-list', html`<bg-fetch-list></bg-fetch-list>`, records);
    const lists = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[role=list]')];
    for (const [index, name] of ['Downloading, 1', 'Done, 1'].entries())
      await expect.element(lists[index]!).toHaveAccessibleName(name);
    const rows = [...element.shadowRoot!.querySelectorAll('bg-fetch-item')];
    expect(rows.map((row) => row.getAttribute('aria-posinset'))).toEqual(['1', '1']);
    const commands = rows
      .flatMap((row) => [...row.shadowRoot!.querySelectorAll('button')])
      .map((button) => button.getAttribute('aria-label'));
    expect(commands).toEqual(['Pause: A', 'Cancel: A', 'Open: B', 'Save to disk: B', 'Remove: B']);
  });
});

describe('targets', () => {
  it('are 24 px and more', async () => {
    const small = html`<div style="font-size: 10px">
      <bg-fetch-item fetch-id="ep-5"></bg-fetch-item><bg-fetch-button fetch-id="ep-5" src="/a"></bg-fetch-button>
    </div>`;
    const { element } = await stage('div', small, [createRecord({ status: 'stalled', engine: 'native' })]);
    await drawn(element.firstElementChild!);
    await drawn(element.lastElementChild!);
    const buttons = [...element.children].flatMap(({ shadowRoot }) => [...shadowRoot!.querySelectorAll('button')]);
    expect(buttons.length).toBeGreaterThan(3);
    for (const button of buttons) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height), button.textContent).toBeGreaterThanOrEqual(24);
    }
  });
});
