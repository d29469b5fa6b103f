/** Attributes and records may come from a stranger: no address runs a script, and no text is drawn as markup. */
import { html } from '@open-wc/testing';
import { html as template } from 'lit';
import { describe, expect, it } from 'vitest';
import type { FetchRecord } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, part, stage, textOf } from './puppet.js';

const UNSAFE = [
  'javascript:document.title=1',
  ' JavaScript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>1</script>',
  'blob:https://example.com/1',
];

describe.each(UNSAFE)('an address as %j', (src) => {
  it.each([true, false])('is refused in words and is no link (where something can be stored: %s)', async (canDownload) => {
    const { element, puppet } = await stage('bg-fetch-button', html`<bg-fetch-button fetch-id="x"></bg-fetch-button>`);
    puppet.canDownload = canDownload;
    element.src = src.includes('\t') ? '' : src;
    if (src.includes('\t')) element.requests = [src];
    await drawn(element);
    expect(textOf(element)).toContain('is not an http: or https: address. Correct it.');
    expect(element.shadowRoot?.querySelector('a, button')).toBeNull();
    await expect(element).to.be.accessible();
    await expect(element.start()).rejects.toThrow('is not an http: or https: address. Correct it.');
    expect(puppet.commands).toEqual([]);
  });
});

it('refuses such an address beside good ones, and in the link inside', async () => {
  const { element } = await stage('bg-fetch-button', html`<bg-fetch-button src="/a.mp3 javascript:1"></bg-fetch-button>`);
  expect(textOf(element)).toContain('"javascript:1" is not an http: or https: address');
  const linked = await stage('bg-fetch-button', html`<bg-fetch-button><a href="blob:null/1">A</a></bg-fetch-button>`);
  expect(textOf(linked.element)).toContain('"blob:null/1" is not an http: or https: address');
});

it('takes a worker that a script names before the first update of the provider', async () => {
  const provider = document.createElement('bg-fetch-provider');
  document.body.append(provider);
  const first = provider.client;
  provider.serviceWorker = '/named-by-a-script.js';
  await provider.updateComplete;
  expect(provider.client).not.toBe(first);
  const second = provider.client;
  provider.requestUpdate();
  await provider.updateComplete;
  expect(provider.client).toBe(second);
  provider.remove();
});

describe('an id', () => {
  const many = Array.from({ length: 600 }, (_, index) => `/files/part-${index}.bin`).join(' ');

  it('is made of any number of addresses, the same for the same ones', async () => {
    const { element, puppet } = await stage('bg-fetch-button', html`<bg-fetch-button src=${many}></bg-fetch-button>`);
    await element.start();
    const id = puppet.commands[0]?.id;
    expect(id).toMatch(/^urls:600:[0-9a-f]{16}$/);
    expect(element.record?.requests).toHaveLength(600);
    const again = await stage('bg-fetch-button', html`<bg-fetch-button src=${many}></bg-fetch-button>`);
    await again.element.start();
    expect(again.puppet.commands[0]?.id).toBe(id);
    const other = await stage(
      'bg-fetch-button',
      html`<bg-fetch-button src=${many.replace('part-7.', 'part-8.')}></bg-fetch-button>`,
    );
    await other.element.start();
    expect(other.puppet.commands[0]?.id).not.toBe(id);
  });

  it('is made of one signed address, as long as that is', async () => {
    const src = `/film.mp4?token=${'s'.repeat(1255)}`;
    const { element, puppet } = await stage('bg-fetch-button', html`<bg-fetch-button src=${src}></bg-fetch-button>`);
    part(element, 'button').click();
    await expect.poll(() => puppet.commands.map(({ name }) => name)).toEqual(['start']);
    expect(textOf(element)).not.toContain('Failed');
  });

  it.each([
    ['', 'the id is empty'],
    ['x'.repeat(1025), 'its id has 1025 characters'],
  ])('that is refused is said in words, and the link still works (%#)', async (id, words) => {
    const link = html`<a href="/a.mp3" download>A</a>`;
    const { element } = await stage('bg-fetch-button', html`<bg-fetch-button fetch-id=${id}>${link}</bg-fetch-button>`);
    expect(textOf(element)).toContain(words);
    expect(element.querySelector('a')?.checkVisibility()).toBe(true);
    const written = await stage('bg-fetch-button', html`<bg-fetch-button fetch-id=${id} src="/a.mp3"></bg-fetch-button>`);
    expect(textOf(written.element)).toContain(words);
    expect((part(written.element, 'button') as HTMLAnchorElement).pathname).toBe('/a.mp3');
  });
});

describe('a record that holds templates', () => {
  /** A template as a channel or a database brings it: it keeps `raw`, which is what Lit asks for. */
  const forged = () => {
    const { _$litType$, strings } = template`<img src="/forged.png" />`;
    const written = [...strings];
    Object.assign(written, { raw: [...strings] });
    return structuredClone({ _$litType$, strings: written, values: [] }) as unknown as string;
  };
  const record = (): FetchRecord =>
    ({
      ...createRecord({ status: 'failed' }),
      id: forged(),
      title: forged(),
      failureDetail: forged(),
      icons: [{ src: forged() }],
      files: ['a', 'b'].map(() => ({ url: forged(), downloaded: 1, downloadTotal: 2, state: 'failed', status: 0 })),
    }) as unknown as FetchRecord;
  const nodes = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? nodes(each.shadowRoot) : [])]);

  it.each(['button', 'status', 'item', 'progress'] as const)('is drawn as text by bg-fetch-%s', async (name) => {
    const { element } = await stage('div', html`<div></div>`);
    const shown = document.createElement(`bg-fetch-${name}`);
    element.append(shown);
    for (const status of ['failed', 'done', 'downloading'] as const) {
      shown.record = { ...record(), status };
      await drawn(shown);
      expect(nodes(shown.shadowRoot!).filter((each) => each.matches('img[src*=forged]'))).toEqual([]);
    }
    expect(shown.shadowRoot?.innerHTML).toContain('[object Object]');
  });

  it.each(['list', 'storage'] as const)('is drawn as text by bg-fetch-%s', async (name) => {
    const { element } = await stage('div', html`<div></div>`);
    const shown = document.createElement(`bg-fetch-${name}`);
    shown.records = [
      { ...record(), title: '' },
      { ...record(), status: 'done' },
    ];
    element.append(shown);
    await expect
      .poll(() =>
        nodes(shown.shadowRoot!)
          .map(({ textContent }) => textContent)
          .join(),
      )
      .toContain('[object Object]');
    await drawn(shown);
    expect(nodes(shown.shadowRoot!).filter((each) => each.matches('img[src*=forged]'))).toEqual([]);
  });
});
