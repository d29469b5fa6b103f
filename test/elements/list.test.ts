/** The list and its rows. */
import { fixture, html } from '@open-wc/testing';
import { describe, expect, it, vi } from 'vitest';
import type { BgFetchItemElement } from '../../src/elements/item/bg-fetch-item.js';
import type { BgFetchListElement } from '../../src/elements/list/bg-fetch-list.js';
import { UNDO_TIME, type FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, nextFrame, once, part, stage, textOf } from './puppet.js';

const list = html`<bg-fetch-list></bg-fetch-list>`;

function rowsOf(element: Element): BgFetchItemElement[] {
  return [...element.shadowRoot!.querySelectorAll('bg-fetch-item')];
}

function titlesOf(element: Element): (string | undefined)[] {
  return rowsOf(element).map(({ record }) => record?.title);
}

function headingsOf(element: Element): string[] {
  return [...element.shadowRoot!.querySelectorAll('[part=heading]')].map((heading) =>
    heading.textContent.replace(/\s+/g, ' ').trim(),
  );
}

function press(target: Element, key: string): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
}

/** The focused button in the focused row. */
function focusOf(element: Element): string | null | undefined {
  return element.shadowRoot?.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label');
}

const four = [
  createRecord({ id: 'a', title: 'A', startedAt: 1 }),
  createRecord({ id: 'p', title: 'P', status: 'paused', startedAt: 2 }),
  createRecord({ id: 'd', title: 'D', status: 'done', startedAt: 3 }),
  createRecord({ id: 'f', title: 'F', status: 'failed', startedAt: 4 }),
];

const cancelled = createRecord({ id: 'c', title: 'C', status: 'aborted', startedAt: 5 });

describe('a row', () => {
  const words: Partial<Record<FetchStatus, string>> = {
    starting: 'Starting…',
    queued: 'Queued',
    waiting: 'Waiting for the network 7.2 of 60 MB kept',
    downloading: '64% 38.4 of 60 MB',
    stalled: 'No data for 1 sec',
    paused: 'Paused at 42% 25.2 of 60 MB',
    saving: 'Saving…',
    done: 'Available offline 60 MB today',
    failed: 'The connection failed 25.2 of 60 MB kept Try again',
    aborted: 'Cancelled Try again',
    evicted: 'Removed by the browser 60 MB Try again',
  };
  for (const [status, text] of Object.entries(words) as [FetchStatus, string][]) {
    it(`says "${text}" when ${status}`, async () => {
      const { element } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
        createRecord({ status }),
      ]);
      expect(textOf(element)).toBe(`E Episode 5: Interesting things. ${text}`);
      await expect(element).to.be.accessible();
    });
  }

  it('says what is kept of a failed download, and nothing if nothing is', async () => {
    const { element, puppet } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord(),
    ]);
    const files = [
      { url: 'https://example.com/a', downloaded: 28e6, downloadTotal: 28e6, state: 'done' as const, status: 200 },
      { url: 'https://example.com/b', downloaded: 10e6, downloadTotal: 272e6, state: 'failed' as const, status: 200 },
    ];
    const total = { status: 'failed', files, downloaded: 38e6, downloadTotal: 300e6 } as const;
    for (const [parts, text] of [
      [{ engine: 'in-page', failureReason: 'fetch-error' }, '38 of 300 MB kept'],
      [{ engine: 'in-page', failureReason: 'bad-status' }, '28 of 300 MB kept'],
      [{ engine: 'native', failureReason: 'fetch-error' }, '28 of 300 MB kept'],
      [{ engine: 'in-page', failureReason: 'fetch-error', failureCause: 'integrity' }, '28 of 300 MB kept'],
    ] as const) {
      puppet.set('ep-5', { failureCause: undefined, ...total, ...parts });
      await drawn(element);
      expect(textOf(element)).toContain(text);
    }
    puppet.set('ep-5', { ...total, files: [], failureReason: 'bad-status' });
    await drawn(element);
    expect(textOf(element)).not.toContain('kept');
  });

  it('says which server error it was, and when it tries again', async () => {
    const { element, puppet } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord(),
    ]);
    const file = { url: 'https://example.com/x', downloaded: 0, downloadTotal: 0, state: 'failed' as const };
    for (const [status, text] of [
      [404, 'Not found on the server'],
      [403, 'The server refused access'],
      [500, 'The server has a problem (500)'],
      [418, 'The server answered 418'],
    ] as const) {
      puppet.set('ep-5', { status: 'failed', failureReason: 'bad-status', files: [{ ...file, status }] });
      await drawn(element);
      expect(textOf(element)).toContain(text);
    }
    puppet.set('ep-5', {
      status: 'waiting',
      waitingFor: 'retry',
      waitingUntil: Date.now() + 42_000,
      files: [{ ...file, status: 503 }],
    });
    await drawn(element);
    expect(textOf(element)).toContain('The server asked to wait, trying again in 0:42');
  });

  it('shows the picture that is sharp and no larger, and a letter for one that cannot be loaded', async () => {
    const data = (size: number) =>
      `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"/>`;
    const icons = [192, 96, 48].map((size) => ({ src: data(size), sizes: `${size}x${size}` }));
    const { element, puppet } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord({ icons }),
    ]);
    expect(element.shadowRoot?.querySelector('img')?.src).toBe(data(devicePixelRatio > 1 ? 96 : 48));
    puppet.set('ep-5', { icons: [{ src: 'javascript:alert(1)' }] });
    await drawn(element);
    expect(element.shadowRoot?.querySelector('img')).toBeNull();
    puppet.set('ep-5', { icons: [{ src: 'data:image/png,broken' }] });
    await vi.waitFor(() => expect(textOf(element)).toMatch(/^E /), { timeout: 10_000 });
    expect(element.shadowRoot?.querySelector('img')).toBeNull();
  });

  it('unfolds several files to lines of their own', async () => {
    const urls = ['https://example.com/ep-5.mp3', 'https://example.com/art%20work.jpg'];
    const files = [
      { url: urls[0]!, downloaded: 37_900_000, downloadTotal: 59_500_000, state: 'downloading' as const, status: 200 },
      { url: urls[1]!, downloaded: 500_000, downloadTotal: 500_000, state: 'done' as const, status: 200 },
    ];
    const { element } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord({ urls, files }),
    ]);
    expect(part(element, 'files').textContent.replace(/\s+/g, ' ').trim()).toBe('ep-5.mp337.9 of 59.5 MB art work.jpgDone');
    element.shadowRoot?.querySelector<HTMLElement>('[data-action=files]')?.click();
    await drawn(element);
    expect(element.shadowRoot?.querySelector('[part=files]')).toBeNull();
  });

  it('keeps its layout under a title of 10,000 characters with an override in it', async () => {
    const title = `\u202E${'W'.repeat(10_000)}`;
    const { element } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord({ title }),
    ]);
    expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
    expect(element.offsetHeight).toBeLessThan(120);
  });

  it.each(['ltr', 'rtl'])(
    'cuts a long title at its own end, and stands where the page begins, in a page that runs %s',
    async (dir) => {
      const content = html`<div dir=${dir} style="inline-size: 300px"><bg-fetch-item fetch-id="ep-5"></bg-fetch-item></div>`;
      const { element, puppet } = await stage('bg-fetch-item', content, [createRecord({ title: 'A' })]);
      const start = () => {
        const text = document.createRange();
        text.selectNodeContents(part(element, 'title').firstElementChild!);
        const [outer, inner] = [part(element, 'title'), text].map((each) => each.getBoundingClientRect());
        return dir === 'ltr' ? inner!.left - outer!.left : outer!.right - inner!.right;
      };
      expect(start()).toBeCloseTo(0, 0);
      for (const [title, way] of [
        ['Latin, '.repeat(20), 'ltr'],
        ['عربي، '.repeat(20), 'rtl'],
      ] as const) {
        puppet.set('ep-5', { title });
        await drawn(element);
        const cut = part(element, 'title').firstElementChild!;
        expect(cut.scrollWidth).toBeGreaterThan(cut.clientWidth);
        expect(getComputedStyle(cut)).toMatchObject({ direction: way, textOverflow: 'ellipsis' });
      }
    },
  );

  it('leaves its title room beside a command of several words', async () => {
    const content = html`<div style="inline-size: 390px"><bg-fetch-item fetch-id="ep-5"></bg-fetch-item></div>`;
    const { element } = await stage('bg-fetch-item', content, [createRecord({ status: 'stalled', engine: 'native' })]);
    expect(part(element, 'title').clientWidth).toBeGreaterThan(250);
  });

  it('keeps the focus when the action that had it is gone', async () => {
    const { element, puppet } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord(),
    ]);
    element.focusAction(1);
    expect(element.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('Cancel: Episode 5: Interesting things.');
    puppet.set('ep-5', { status: 'done' });
    await drawn(element);
    expect(element.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('Save to disk: Episode 5: Interesting things.');
  });

  it('shows what takes the space, where that is short', async () => {
    const records = [
      createRecord({ status: 'failed', failureReason: 'quota-exceeded' }),
      createRecord({ id: 'old', title: 'Old', status: 'done' }),
    ];
    const { element, puppet } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, records);
    element.shadowRoot?.querySelector<HTMLElement>('[data-action=free]')?.click();
    await drawn(element);
    const storage = part(element, 'storage');
    await vi.waitFor(() => expect(textOf(storage)).toContain('Old 60 MB'), { timeout: 10_000 });
    storage.shadowRoot?.querySelectorAll<HTMLElement>('[data-action=discard]')[0]?.click();
    await vi.waitFor(() => expect(puppet.commands).toEqual([{ name: 'discard', id: 'old' }]), { timeout: 10_000 });
  });

  it('keeps its words where the page writes blanks into it', async () => {
    const spaced = html`<bg-fetch-item fetch-id="ep-5"> <i slot="icon"></i> </bg-fetch-item>`;
    const { element } = await stage('bg-fetch-item', spaced, [createRecord()]);
    expect(part(element, 'words').checkVisibility()).toBe(true);
  });

  it('shows why a command was rejected', async () => {
    const { element, puppet } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord({ status: 'failed' }),
    ]);
    puppet.refusal = new TypeError('no.');
    const told = once(element, 'bg-fetch-error');
    await expect(element.retry()).rejects.toThrow('no.');
    expect((await told).error.message).toBe('no.');
  });
});

describe('the list', () => {
  it('shows every download in its group', async () => {
    const { element } = await stage('bg-fetch-list', list, [...four, cancelled]);
    expect(headingsOf(element)).toEqual([
      'Downloading, 1 Pause all',
      'Waiting, 1',
      'Done, 1 Remove all',
      'Failed, 1 Clear',
      'Cancelled, 1 Clear',
    ]);
    expect(titlesOf(element)).toEqual(['A', 'P', 'D', 'F', 'C']);
    await expect(element).to.be.accessible();
  });

  it.each([
    ['active', ['A', 'P']],
    ['done', ['D']],
    ['failed', ['F']],
    ['aborted', ['C']],
  ])('shows only downloads that are %s', async (filter, titles) => {
    const { element } = await stage('bg-fetch-list', html`<bg-fetch-list filter=${filter}></bg-fetch-list>`, [
      ...four,
      cancelled,
    ]);
    expect(titlesOf(element)).toEqual(titles);
  });

  it('fills the slots of its rows with what the page makes of each record, also when that changes', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, four.slice(0, 2));
    element.renderItem = ({ title, downloaded }) => html`
      <b slot="title">${title}!</b>
      <i slot="words">${downloaded} of it</i>
      <img slot="pause-icon" alt="" src="data:," />
    `;
    await drawn(element);
    const filled = (row: Element) =>
      [...row.shadowRoot!.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements().map((each) => each.localName));
    expect(rowsOf(element).map(filled)).toEqual([
      ['b', 'i', 'img'],
      ['b', 'i'],
    ]);
    puppet.set('a', { downloaded: 7 });
    await drawn(element);
    expect(rowsOf(element)[0]?.textContent.replace(/\s+/g, ' ').trim()).toBe('A! 7 of it');
    element.renderItem = undefined;
    await drawn(element);
    expect(rowsOf(element).map(({ textContent }) => textContent)).toEqual(['', '']);
  });

  it('is as wide as its words need where nothing says how wide it is', async () => {
    const { element, puppet } = await stage('bg-fetch-list', html`<bg-fetch-list style="float: inline-start"></bg-fetch-list>`);
    expect(element.offsetWidth).toBeGreaterThan(100);
    puppet.records.set(four[0]!);
    await drawn(element);
    expect(element.offsetWidth).toBeGreaterThan(100);
  });

  it('shows that it is empty', async () => {
    const { element } = await stage('bg-fetch-list', list);
    expect(textOf(element)).toBe('No downloads yet');
    await expect(element).to.be.accessible();
  });

  it('shows records that were set on it', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${four}></bg-fetch-list>`);
    await drawn(element);
    expect(titlesOf(element)).toEqual(['A', 'P', 'D', 'F']);
  });

  it('moves a row to its group when it is done, and keeps the focus on it', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, four);
    rowsOf(element)[0]?.focusAction(0);
    expect(focusOf(element)).toBe('Pause: A');
    puppet.set('a', { status: 'done' });
    await vi.waitFor(() => expect(focusOf(element)).toBe('Open: A'), { timeout: 10_000 });
    expect(titlesOf(element)).toEqual(['P', 'D', 'A', 'F']);
  });

  it('keeps the focus on a row that is removed and restored', async () => {
    const { element } = await stage('bg-fetch-list', list, four);
    rowsOf(element)[2]?.focusAction(2);
    expect(focusOf(element)).toBe('Remove: D');
    for (const name of ['Undo: D', 'Open: D']) {
      (element.shadowRoot?.activeElement?.shadowRoot?.activeElement as HTMLElement).click();
      await vi.waitFor(() => expect(focusOf(element)).toBe(name), { timeout: 10_000 });
    }
  });

  it('leaves the focus near a row that is gone', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, four);
    rowsOf(element)[1]?.focusAction(0);
    puppet.records.delete('p');
    await vi.waitFor(() => expect(focusOf(element)).toBe('Open: D'), { timeout: 10_000 });
  });

  it('goes through rows and actions by the arrow keys, with one tab stop', async () => {
    const { element } = await stage('bg-fetch-list', list, four);
    rowsOf(element)[0]?.focusAction(0);
    press(element.shadowRoot!.activeElement!.shadowRoot!.activeElement!, 'ArrowRight');
    expect(focusOf(element)).toBe('Cancel: A');
    for (const [key, name] of [
      ['ArrowDown', 'Cancel: P'],
      ['End', 'Remove: F'],
      ['ArrowUp', 'Save to disk: D'],
      ['Home', 'Cancel: A'],
    ] as const) {
      press(element.shadowRoot!.activeElement!.shadowRoot!.activeElement!, key);
      await vi.waitFor(() => expect(focusOf(element)).toBe(name), { timeout: 10_000 });
    }
    const stops = rowsOf(element).map(({ shadowRoot }) => shadowRoot!.querySelectorAll('.actions [tabindex="0"]').length);
    expect(stops).toEqual([2, 0, 0, 0]);
  });

  it('pauses all downloads that can pause, and removes the stored ones', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, [...four, createRecord({ id: 'n', engine: 'native' })]);
    const [pauseAll, removeAll] = element.shadowRoot!.querySelectorAll<HTMLElement>('[part=command]');
    pauseAll?.click();
    removeAll?.click();
    await vi.waitFor(
      () =>
        expect(puppet.commands).toEqual([
          { name: 'pause', id: 'a' },
          { name: 'discard', id: 'd' },
        ]),
      { timeout: 10_000 },
    );
    await drawn(element);
    expect(rowsOf(element).map(textOf).join('|')).toContain('Removed 10 sec Undo');
  });

  it('restores all removed downloads at once, with a command in the same place', async () => {
    const stored = ['d', 'e'].map((id) => createRecord({ id, title: id, status: 'done' }));
    const { element, puppet } = await stage('bg-fetch-list', list, stored);
    const command = part(element, 'command');
    command.focus();
    for (const label of ['Remove all', 'Undo', 'Remove all']) {
      await vi.waitFor(() => expect(command.textContent.trim()).toBe(label), { timeout: 10_000 });
      expect(element.shadowRoot?.activeElement).toBe(command);
      command.click();
    }
    await vi.waitFor(() => expect(puppet.commands).toHaveLength(6), { timeout: 10_000 });
    expect(puppet.commands.map(({ name }) => name)).toEqual(['discard', 'discard', 'restore', 'restore', 'discard', 'discard']);
  });

  it('keeps removed downloads while the command to restore them has the focus of the keyboard', async () => {
    const almostOver = { discardedAt: Date.now() - UNDO_TIME + 2000 };
    const { element, puppet } = await stage('bg-fetch-list', list, [createRecord({ status: 'done', ...almostOver })]);
    part(element, 'command').focus();
    await vi.waitFor(() => expect(puppet.commands).toEqual([{ name: 'discard', id: 'ep-5' }]), { timeout: 10_000 });
  });

  it('clears what failed, was evicted or was cancelled, and no stored download', async () => {
    const evicted = createRecord({ id: 'e', title: 'E', status: 'evicted' });
    const { element, puppet } = await stage('bg-fetch-list', list, [...four, cancelled, evicted]);
    await element.clear('aborted');
    expect(puppet.commands.map(({ id }) => id)).toEqual(['c']);
    await drawn(element);
    await element.clear();
    expect(puppet.commands.map(({ id }) => id).sort()).toEqual(['c', 'e', 'f']);
  });

  it('hides a removed row when it cannot be restored any more', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, four);
    puppet.set('d', { discardedAt: Date.now() - UNDO_TIME + 1000 });
    await drawn(element);
    expect(titlesOf(element)).toContain('D');
    await vi.waitFor(() => expect(titlesOf(element)).not.toContain('D'), { timeout: 3000 });
  });

  it('dispatches the events of all its downloads, each once', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, four);
    const told: string[] = [];
    element.addEventListener('bg-fetch-success', ({ fetchId }) => told.push(fetchId));
    puppet.set('a', { status: 'done' });
    await drawn(element);
    expect(told).toEqual(['a']);
  });

  it('draws a row once a frame, however often it changes, and no other row', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, [four[0]!, createRecord({ id: 'b', startedAt: 2 })]);
    const drawings = rowsOf(element).map((row) => vi.spyOn(row as unknown as { render: () => unknown }, 'render'));
    const whole = vi.spyOn(element as unknown as { render: () => unknown }, 'render');
    for (let bytes = 1; bytes <= 100; bytes++) {
      puppet.set('a', { downloaded: bytes });
      // Long enough for Lit to draw, and within the frame.
      await rowsOf(element)[0]!.updateComplete;
    }
    await nextFrame();
    await nextFrame();
    expect(drawings.map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    expect(whole).not.toHaveBeenCalled();
  });
});

describe('a long list', () => {
  const many = Array.from({ length: 200 }, (_, index) => createRecord({ id: `d${index}`, title: `D${index}`, startedAt: index }));
  const wordsOf = (row: Element) => part(row, 'words').textContent.trim();
  const isInView = (row: Element) => row.getBoundingClientRect().top < innerHeight && row.getBoundingClientRect().bottom > 0;

  it('renders changed rows with the next frame in view, and rarely out of view', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, many);
    await vi.waitFor(() => expect(rowsOf(element).filter((row) => !isInView(row)).length).toBeGreaterThan(2), {
      timeout: 30_000,
    });
    await nextFrame();
    await nextFrame();
    const rows = rowsOf(element);
    const [seen, unseen] = [rows[0]!, rows.filter((row) => !isInView(row)).at(-1)!];
    const draws = [seen, unseen].map((row) => vi.spyOn(row as unknown as { render: () => unknown }, 'render').mock);
    for (let bytes = 1; bytes <= 5; bytes++) {
      for (const row of [seen, unseen]) puppet.set(row.fetchId!, { downloaded: bytes * 10_000_000 });
      await nextFrame();
    }
    expect(draws[0]?.calls.length).toBe(5);
    expect(draws[1]?.calls.length).toBeLessThan(5);
    await vi.waitFor(() => expect(wordsOf(unseen)).toContain('83%'), { timeout: 30_000 });
  });

  it('renders the current state of a row that comes into view', async () => {
    const { element, puppet } = await stage('bg-fetch-list', list, many);
    await vi.waitFor(() => expect(rowsOf(element).filter((row) => !isInView(row)).length).toBeGreaterThan(2), {
      timeout: 30_000,
    });
    await nextFrame();
    await nextFrame();
    const unseen = rowsOf(element).findLast((row) => !isInView(row))!;
    puppet.set(unseen.fetchId!, { downloaded: 55_000_000 });
    unseen.scrollIntoView();
    for (let frame = 0; frame < 10; frame++) await nextFrame();
    expect(wordsOf(unseen)).toContain('91%');
  });
});

describe('the bars', () => {
  it.each([
    [2, '0.3s'],
    [40, '0s'],
  ])('of %i downloads take %s to a new value', async (count, time) => {
    const records = Array.from({ length: count }, (_, index) => createRecord({ id: `id-${index}`, startedAt: index }));
    const { element } = await stage('bg-fetch-list', list, records);
    const fill = part(rowsOf(element)[0]!, 'fill');
    expect(getComputedStyle(fill).transitionDuration).toBe(time);
  });
});

describe('ten thousand records', () => {
  const isSeen = (row: Element) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top > 0 && bottom < innerHeight;
  };
  const several = ['a', 'b', 'c'].map((name) => ({
    url: `https://example.com/${name}`,
    downloaded: 1,
    downloadTotal: 1,
    state: 'done' as const,
    status: 200,
  }));
  const many = Array.from({ length: 10_000 }, (_, index) =>
    createRecord({ id: `id-${index}`, title: `Download ${index}`, status: 'done', startedAt: index }),
  );

  it('are shown without rendering all rows, at their full height', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    expect(rowsOf(element).length).toBeGreaterThan(10);
    expect(rowsOf(element).length).toBeLessThan(200);
    const [first] = rowsOf(element);
    expect(first?.getAttribute('aria-setsize')).toBe('10000');
    expect(element.offsetHeight / first!.offsetHeight).toBeGreaterThan(8_000);
  });

  it('keep their place to the pixel while they are out of view, those too that are higher than others', async () => {
    const high = many.map((record, index) => (index === 9_995 ? { ...record, title: 'High', files: several } : record));
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${high}></bg-fetch-list>`);
    await drawn(element);
    const placeOf = (row: Element) => row.getBoundingClientRect().top + window.scrollY;
    const tall = rowsOf(element).find(({ record }) => record?.title === 'High')!;
    tall.shadowRoot!.querySelector<HTMLElement>('[data-action=files]')!.click();
    await drawn(element);
    const usual = rowsOf(element)[1]!.getBoundingClientRect().height;
    expect(tall.offsetHeight).toBeGreaterThan(usual * 1.3);
    const last = () => rowsOf(element).at(-1)!;
    const placeInList = (row: Element) => Number(row.getAttribute('aria-posinset'));
    const [seen, at] = [placeInList(last()), placeOf(last())];
    for (let step = 1; tall.isConnected; step++) {
      window.scrollTo(0, step * 60);
      await nextFrame();
    }
    expect(placeOf(last()) - at).toBeCloseTo((placeInList(last()) - seen) * usual, 0);
  });

  it('are rendered after fast scrolling, not during it', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    await vi.waitFor(() => expect(rowsOf(element).length).toBeGreaterThan(12), { timeout: 30_000 });
    const made = vi.spyOn(document, 'importNode');
    for (let frame = 0; frame < 30; frame++) {
      window.scrollBy(0, 2000);
      await nextFrame();
    }
    const whileMoving = made.mock.calls.length;
    await vi.waitFor(() => expect(rowsOf(element).filter(isSeen).length).toBeGreaterThan(3), { timeout: 30_000 });
    // A busy browser may have frames without scrolling.
    const settled = made.mock.calls.length - whileMoving;
    expect(whileMoving).toBeLessThan(4 * settled);
  });

  it('can be reached with the tab key at any scroll position', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    window.scrollTo(0, element.offsetHeight / 2);
    await vi.waitFor(() => expect(rowsOf(element).some(isSeen)).toBe(true), { timeout: 30_000 });
    const stops = rowsOf(element).map(({ shadowRoot }) => shadowRoot!.querySelectorAll('.actions [tabindex="0"]').length);
    expect(stops.filter((count) => count > 0)).toHaveLength(1);
  });

  it('have their position in the list at any scroll position', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    window.scrollTo(0, element.offsetHeight / 2);
    await vi.waitFor(() => expect(rowsOf(element).some(isSeen)).toBe(true), { timeout: 30_000 });
    for (const row of rowsOf(element)) {
      // What was finished last stands first.
      expect(row.record?.title).toBe(`Download ${10_000 - Number(row.getAttribute('aria-posinset'))}`);
      expect(row.getAttribute('aria-setsize')).toBe('10000');
    }
  });

  it('are drawn where the view is scrolled to', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    window.scrollTo(0, element.offsetHeight / 2);
    await vi.waitFor(() => expect(rowsOf(element).some(isSeen)).toBe(true), { timeout: 30_000 });
    expect(rowsOf(element).length).toBeLessThan(200);
  });

  it('are drawn where the view is scrolled to after the list was moved', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    element.parentElement!.append(element);
    await drawn(element);
    window.scrollTo(0, element.offsetHeight / 2);
    await vi.waitFor(() => expect(rowsOf(element).some(isSeen)).toBe(true), { timeout: 30_000 });
  });

  it('are navigated from the focused row, even out of view', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    rowsOf(element)[0]?.focusAction(0);
    window.scrollTo(0, element.offsetHeight / 2);
    await vi.waitFor(() => expect(rowsOf(element).some(isSeen)).toBe(true), { timeout: 30_000 });
    for (const title of ['Download 9998', 'Download 9997']) {
      press(element.shadowRoot!.activeElement!.shadowRoot!.activeElement!, 'ArrowDown');
      await vi.waitFor(() => expect(focusOf(element)).toBe(`Open: ${title}`), { timeout: 30_000 });
    }
  });

  it('can be navigated to the end with the keys', async () => {
    const element = await fixture<BgFetchListElement>(html`<bg-fetch-list .records=${many}></bg-fetch-list>`);
    await drawn(element);
    rowsOf(element)[0]?.focusAction(0);
    press(element.shadowRoot!.activeElement!.shadowRoot!.activeElement!, 'End');
    await vi.waitFor(() => expect(focusOf(element)).toBe('Open: Download 0'), { timeout: 30_000 });
  });
});
