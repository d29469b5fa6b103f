/** The button: one control that is its own progress. */
import { fixture, html } from '@open-wc/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BgFetchButtonElement } from '../../src/elements/button/bg-fetch-button.js';
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord, steadyCourse } from '../../src/testing/index.js';
import { click } from '../setup/click.js';
import { drawn, once, part, stage, textOf } from './puppet.js';

const episode = html`<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3" download-title="Episode 5"></bg-fetch-button>`;

/** A button for this record, already drawn. */
async function showing(parts: Parameters<typeof createRecord>[0]) {
  return stage('bg-fetch-button', episode, [createRecord(parts)]);
}

describe('what it shows', () => {
  const words: Partial<Record<FetchStatus, string>> = {
    starting: 'Starting…',
    queued: 'Queued',
    waiting: 'Waiting for the network 7.2 of 60 MB kept',
    downloading: '64% 38.4 of 60 MB',
    stalled: 'No data for 1 sec Continue in this page',
    paused: 'Paused 25.2 of 60 MB',
    saving: 'Saving…',
    done: 'Available offline',
    failed: 'The connection failed Try again',
    aborted: 'Download Cancelled',
    evicted: 'Download again Removed by the browser',
  };
  for (const [status, text] of Object.entries(words) as [FetchStatus, string][]) {
    it(`says "${text}" when ${status}`, async () => {
      const { element } = await showing({ status, engine: status === 'stalled' ? 'native' : 'in-page' });
      expect(textOf(element)).toBe(text);
      expect(element.matches(`:state(${status})`)).toBe(true);
      await expect(element).to.be.accessible();
    });
  }

  it('says the size before it starts, asked from the server', async () => {
    const { element: place, puppet } = await stage('div', html`<div></div>`);
    puppet.size = 412_000_000;
    const element = document.createElement('bg-fetch-button');
    element.src = '/sized.mp3';
    place.append(element);
    await vi.waitFor(() => expect(textOf(element)).toBe('Download 412 MB'), { timeout: 10_000 });
  });

  it('sends no request for a size that the author set', async () => {
    const content = html`<bg-fetch-button src="/told.mp3" download-total="5000000"></bg-fetch-button>`;
    const { element, puppet } = await stage('bg-fetch-button', content);
    const ask = vi.spyOn(puppet, 'sizeOf');
    await drawn(element);
    expect(textOf(element)).toBe('Download 5 MB');
    expect(ask).not.toHaveBeenCalled();
  });

  it('shows the speed and the time left after two seconds', async () => {
    const { element, puppet } = await showing({ downloaded: 0 });
    const course = steadyCourse(createRecord(), 3_100_000);
    for (const record of course.slice(0, 2)) puppet.records.set(record);
    await drawn(element);
    expect(textOf(element)).not.toContain('MB/s');
    for (const record of course.slice(2)) puppet.records.set(record);
    await drawn(element);
    expect(textOf(element)).toBe('64% 3.1 MB/s, about 7 sec');
  });

  it('shows the number of downloads ahead in the queue', async () => {
    const { element, puppet } = await showing({ status: 'queued' });
    puppet.set('a', { startedAt: 1, status: 'downloading' });
    puppet.set('b', { startedAt: 2, status: 'queued' });
    puppet.set('ep-5', { startedAt: 3 });
    await drawn(element);
    expect(textOf(element)).toBe('Queued 2 ahead');
  });

  it('shows the missing space', async () => {
    const { element, puppet } = await showing({ status: 'downloading', downloaded: 0, downloadTotal: 2_000_000_000 });
    puppet.space = { usage: 9_200_000_000, quota: 10_000_000_000, persisted: false };
    puppet.set('ep-5', { status: 'failed', failureReason: 'quota-exceeded' });
    await vi.waitFor(() => expect(textOf(element)).toBe('Not enough space, 1.2 GB missing Try again'), { timeout: 10_000 });
  });

  it('renders markup in a title as text', async () => {
    const { element } = await showing({ status: 'done', title: '<img src=x onerror=alert(1)>' });
    expect(element.shadowRoot?.querySelector('img')).toBeNull();
    expect(part(element, 'button').textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('shows the words and pictures the page puts in its slots', async () => {
    const content = html`<bg-fetch-button fetch-id="ep-5" src="/x"
      ><b slot="done">On this device</b><i slot="icon">★</i></bg-fetch-button
    >`;
    const { element } = await stage('bg-fetch-button', content, [createRecord({ status: 'done' })]);
    const shown = [...(element.shadowRoot?.querySelectorAll('slot') ?? [])]
      .flatMap((slot) => slot.assignedElements())
      .map(({ localName }) => localName);
    expect(shown).toEqual(['i', 'b']);
  });
});

describe('what it does', () => {
  it('starts on a click, with title and pictures', async () => {
    const content = html`<bg-fetch-button
      fetch-id="ep-5"
      src="/ep-5.mp3 /ep-5.jpg"
      download-title="Episode 5"
      icon="/icon.png"
    ></bg-fetch-button>`;
    const { element, puppet } = await stage('bg-fetch-button', content);
    await click(part(element, 'button'));
    await vi.waitFor(() => expect(puppet.commands).toEqual([{ name: 'start', id: 'ep-5' }]), { timeout: 10_000 });
    expect(puppet.records.get('ep-5')).toMatchObject({ title: 'Episode 5', icons: [{ src: '/icon.png' }] });
    expect(puppet.records.get('ep-5')?.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/ep-5.mp3', '/ep-5.jpg']);
  });

  it('waits for an unmetered connection if the author sets wifi-only', async () => {
    const content = html`<bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3" wifi-only></bg-fetch-button>`;
    const { element, puppet } = await stage('bg-fetch-button', content);
    const start = vi.spyOn(puppet, 'start');
    await element.start();
    expect(start.mock.calls[0]?.[2]).toMatchObject({ wifiOnly: true });
  });

  it('does not start when the page prevents it', async () => {
    const { element, puppet } = await stage('bg-fetch-button', episode);
    document.addEventListener('bg-fetch-request', (event) => event.preventDefault(), { once: true });
    await element.start();
    expect(puppet.commands).toEqual([]);
  });

  it('asks the page before it starts, with the requests', async () => {
    const { element } = await stage('bg-fetch-button', episode);
    const asked = once(element, 'bg-fetch-request');
    void element.start();
    const event = await asked;
    expect(event).toMatchObject({ fetchId: 'ep-5', requests: ['/ep-5.mp3'], cancelable: true, bubbles: true, composed: true });
  });

  it('names a download by its addresses where it has no id', async () => {
    const { element, puppet } = await stage('bg-fetch-button', html`<bg-fetch-button src="/a.mp3 /b.jpg"></bg-fetch-button>`);
    await element.start();
    expect(puppet.commands[0]?.id).toBe(`${location.origin}/a.mp3 ${location.origin}/b.jpg`);
  });

  it('rejects an empty id with a message, without calling the client', async () => {
    const { element, puppet } = await stage(
      'bg-fetch-button',
      html`<bg-fetch-button fetch-id="" src="/a.mp3"></bg-fetch-button>`,
    );
    const told = once(element, 'bg-fetch-error');
    await expect(element.start()).rejects.toThrow('Failed to start background fetch ""');
    await drawn(element);
    expect((await told).error).toBeInstanceOf(TypeError);
    expect(textOf(element)).toContain('the id is empty');
    expect(puppet.commands).toEqual([]);
  });

  it('shows why the client rejected a command', async () => {
    const { element, puppet } = await stage('bg-fetch-button', episode);
    puppet.refusal = new TypeError('Failed to start background fetch "ep-5": no.');
    part(element, 'button').click();
    await vi.waitFor(() => expect(textOf(element)).toContain('Failed to start background fetch "ep-5": no.'), {
      timeout: 10_000,
    });
  });

  it.each([
    ['downloading', 'in-page', 'pause'],
    ['paused', 'in-page', 'resume'],
    ['failed', 'native', 'retry'],
    ['evicted', 'native', 'start'],
    ['aborted', 'native', 'start'],
  ] as const)('while %s by the %s engine, a click means %s', async (status, engine, name) => {
    const { element, puppet } = await showing({ status, engine });
    part(element, 'button').click();
    await vi.waitFor(() => expect(puppet.commands).toEqual([{ name, id: 'ep-5' }]), { timeout: 10_000 });
  });

  it.each(['starting', 'queued', 'waiting', 'downloading', 'stalled', 'saving'] as const)(
    'while %s by the native engine, a click on the button does nothing: the engine keeps no bytes of an aborted download',
    async (status) => {
      const { element, puppet } = await showing({ status, engine: 'native' });
      const button = part(element, 'button');
      for (let clicks = 0; clicks < 2; clicks++) {
        await click(button);
        button.click();
      }
      await drawn(element);
      expect(puppet.commands).toEqual([]);
      expect(button.getAttribute('aria-disabled')).toBe('true');
    },
  );

  it.each(['native', 'in-page'] as const)('has a button of its own to cancel (%s)', async (engine) => {
    const { element } = await showing({ engine });
    const commands = [...element.shadowRoot!.querySelectorAll<HTMLElement>('button')].filter(({ tabIndex }) => tabIndex === 0);
    expect(commands.map((command) => command.getAttribute('aria-label'))).toEqual([
      null,
      'Cancel: Episode 5: Interesting things.',
    ]);
  });

  it.each(['native', 'in-page'] as const)('cancels, and restores what it cancelled (%s)', async (engine) => {
    const { element, puppet } = await showing({ engine });
    const cancel = element.shadowRoot!.querySelector<HTMLElement>('[data-action=abort]')!;
    cancel.focus();
    cancel.click();
    await vi.waitFor(() => expect(textOf(element)).toBe('Cancelled 10 sec Undo'), { timeout: 10_000 });
    expect(element.matches(':state(removed)')).toBe(true);
    expect(element.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('Undo: Episode 5: Interesting things.');
    await expect(element).to.be.accessible();
    part(element, 'action').click();
    await vi.waitFor(() => expect(textOf(element)).toContain('64%'), { timeout: 10_000 });
    expect(puppet.commands.map(({ name }) => name)).toEqual(['discard', 'restore']);
  });

  it('does not abort with the second click of a double click', async () => {
    const { element, puppet } = await stage('bg-fetch-button', episode);
    part(element, 'button').click();
    await vi.waitFor(() => expect(puppet.records.get('ep-5')?.status).toBe('starting'), { timeout: 10_000 });
    await drawn(element);
    part(element, 'button').click();
    await drawn(element);
    expect(puppet.commands).toEqual([{ name: 'start', id: 'ep-5' }]);
  });

  it('removes a stored download, and restores it', async () => {
    const { element, puppet } = await showing({ status: 'done' });
    part(element, 'action').click();
    await vi.waitFor(() => expect(part(element, 'menu').matches(':popover-open')).toBe(true), { timeout: 10_000 });
    element.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]')[2]?.click();
    await vi.waitFor(() => expect(textOf(element)).toBe('Removed 10 sec Undo'), { timeout: 10_000 });
    expect(element.shadowRoot?.activeElement).toBe(part(element, 'button'));
    part(element, 'action').click();
    await vi.waitFor(() => expect(textOf(element)).toBe('Available offline'), { timeout: 10_000 });
    expect(puppet.commands.map(({ name }) => name)).toEqual(['discard', 'restore']);
  });

  it('lets the page open a stored download', async () => {
    const { element } = await showing({ status: 'done' });
    element.addEventListener('bg-fetch-open', (event) => event.preventDefault());
    const opened = once(element, 'bg-fetch-open');
    part(element, 'button').click();
    expect((await opened).fetchId).toBe('ep-5');
  });

  it('refuses clicks while disabled', async () => {
    const { element, puppet } = await stage('bg-fetch-button', html`<bg-fetch-button src="/a.mp3" disabled></bg-fetch-button>`);
    part(element, 'button').click();
    await drawn(element);
    expect(puppet.commands).toEqual([]);
  });

  it('keeps the focus when a change removes its menu', async () => {
    const { element, puppet } = await showing({ status: 'done' });
    part(element, 'action').click();
    await vi.waitFor(() => expect(element.shadowRoot?.activeElement?.role).toBe('menuitem'), { timeout: 10_000 });
    puppet.set('ep-5', { status: 'evicted' });
    await drawn(element);
    expect(element.shadowRoot?.activeElement).toBe(part(element, 'button'));
  });

  it('navigates its menu with the keys, and returns the focus', async () => {
    const { element } = await showing({ status: 'done' });
    const more = part(element, 'action');
    more.focus();
    more.click();
    const items = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    await vi.waitFor(() => expect(element.shadowRoot?.activeElement).toBe(items[0]), { timeout: 10_000 });
    items[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect(element.shadowRoot?.activeElement).toBe(items[2]);
    items[2]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(element.shadowRoot?.activeElement).toBe(items[0]);
    items[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true }));
    expect(element.shadowRoot?.activeElement).toBe(more);
  });
});

describe('its events', () => {
  it('dispatches progress, success and removal, and nothing for the initial state', async () => {
    const { element, puppet } = await showing({ downloaded: 1 });
    const told: string[] = [];
    for (const type of ['progress', 'success', 'fail', 'abort', 'discard'])
      element.addEventListener(`bg-fetch-${type}`, () => told.push(type));
    puppet.set('ep-5', { downloaded: 2 });
    puppet.set('ep-5', { status: 'saving' });
    puppet.set('ep-5', { status: 'done' });
    puppet.set('ep-5', { discardedAt: Date.now() });
    expect(told).toEqual(['progress', 'progress', 'success', 'discard']);
    expect(element.record?.status).toBe('done');
  });
});

describe('without a script, or where nothing can be stored', () => {
  const linked = html`<bg-fetch-button><a href="/ep-5.mp3" download>Get it</a></bg-fetch-button>`;

  it('takes address and words from the link inside it', async () => {
    const { element, puppet } = await stage('bg-fetch-button', linked);
    expect(textOf(element)).toBe('Get it');
    await element.start();
    expect(puppet.commands[0]?.id).toBe(`${location.origin}/ep-5.mp3`);
    expect(element.querySelector('a')?.checkVisibility()).toBe(false);
  });

  it('leaves the link where nothing can be stored', async () => {
    const { element, puppet } = await stage('bg-fetch-button', linked);
    puppet.canDownload = false;
    element.requestUpdate();
    await drawn(element);
    expect(element.querySelector('a')?.checkVisibility()).toBe(true);
    expect(element.shadowRoot?.querySelector('button')).toBeNull();
  });

  it('is a link to its address where nothing can be stored', async () => {
    const { element, puppet } = await stage('bg-fetch-button', episode);
    puppet.canDownload = false;
    element.requestUpdate();
    await drawn(element);
    const link = part(element, 'button') as HTMLAnchorElement;
    expect(new URL(link.href).pathname).toBe('/ep-5.mp3');
    expect(link.hasAttribute('download')).toBe(true);
  });
});

describe('wherever it stands', () => {
  afterEach(() => document.documentElement.removeAttribute('lang'));

  it('shows a record that was set on it, without a client', async () => {
    const element = await fixture<BgFetchButtonElement>(
      html`<bg-fetch-button .record=${createRecord({ status: 'paused' })}></bg-fetch-button>`,
    );
    expect(textOf(element)).toBe('Paused 25.2 of 60 MB');
  });

  it('shows the record of the other client at once when it is moved', async () => {
    const { element } = await showing({ status: 'paused' });
    const { element: other } = await stage('div', html`<div></div>`, [createRecord({ status: 'done' })]);
    other.append(element);
    await drawn(element);
    expect(textOf(element)).toBe('Available offline');
  });

  it('shows what happened while it was away', async () => {
    const { element, puppet } = await showing({ status: 'downloading' });
    const parent = element.parentElement!;
    element.remove();
    puppet.set('ep-5', { status: 'done' });
    parent.append(element);
    await drawn(element);
    expect(textOf(element)).toBe('Available offline');
  });

  it('changes no attribute that the author did not write', async () => {
    const { element, puppet } = await showing({ status: 'downloading' });
    const before = element.outerHTML;
    puppet.set('ep-5', { status: 'done' });
    await drawn(element);
    expect(element.outerHTML).toBe(before);
  });

  it('speaks the language of the nearest lang', async () => {
    const { element } = await showing({ status: 'done' });
    document.documentElement.lang = 'de';
    await vi.waitFor(() => expect(textOf(element)).toBe('Offline verfügbar'), { timeout: 10_000 });
    element.parentElement!.lang = 'ar-EG';
    await vi.waitFor(() => expect(textOf(element)).toBe('متاح دون اتصال'), { timeout: 10_000 });
    element.parentElement!.lang = '';
  });
});

it('shows a failed command in the colour of failures, also of a stored download', async () => {
  const { element, puppet } = await showing({ status: 'done' });
  element.style.setProperty('--bg-fetch-danger', 'rgb(1, 2, 3)');
  vi.spyOn(puppet, 'match').mockRejectedValue(new Error('Failed.'));
  part(element, 'button').click();
  await vi.waitFor(() => expect(textOf(element)).toContain('Failed.'), { timeout: 30_000 });
  for (const name of ['icon', 'label'])
    expect([name, getComputedStyle(element.shadowRoot!.querySelector(`.${name}`)!).color]).toEqual([name, 'rgb(1, 2, 3)']);
});
