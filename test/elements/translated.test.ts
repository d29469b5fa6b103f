/** A page that the browser translates: each text node is put into <font>, in open shadow roots too. The words still follow the record. */
import { html, type TemplateResult } from 'lit';
import { expect, it } from 'vitest';
import type { PuppetClient } from '../../src/testing/index.js';
import type { RecordParts } from '../../src/testing/records.js';
import { drawn, stage } from './puppet.js';

/** Replaces text as a translator does, which leaves out what is marked so. */
function translate(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node: Node | null = root; node; node = walker.nextNode()) {
    if (node instanceof Text) texts.push(node);
    else if (node instanceof Element && node.shadowRoot) translate(node.shadowRoot);
  }
  for (const text of texts) {
    const { parentElement } = text;
    if (text.data.trim() === '' || parentElement instanceof HTMLStyleElement || parentElement?.closest('[translate=no]'))
      continue;
    const outer = document.createElement('font' as string);
    outer.append(document.createElement('font' as string));
    text.replaceWith(outer);
    outer.firstElementChild!.append(text.data);
  }
}

/** Text in shadow roots that a translator would replace, announcements included. */
function fontsIn(element: Element): Element[] {
  const inner = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
  return [...inner.filter(({ localName }) => localName === 'font'), ...inner.flatMap(fontsIn)];
}

/** All text and labels in an element, its shadow roots included, without white space. Of two elements, one announces. */
function allTextOf(node: Node): string {
  if (node instanceof Text) return node.data.replace(/\s+/g, '');
  if (node instanceof HTMLStyleElement || (node instanceof Element && node.matches('.unseen[role=status]'))) return '';
  const label = node instanceof Element ? (node.getAttribute('aria-label') ?? '') : '';
  const inside = [...(node instanceof Element ? (node.shadowRoot?.childNodes ?? []) : []), ...node.childNodes];
  return label + inside.map(allTextOf).join('');
}

const CHANGES: readonly RecordParts[] = [
  { status: 'downloading', downloaded: 20, downloadTotal: 100 },
  { status: 'downloading', downloaded: 50, downloadTotal: 100 },
  { status: 'paused' },
  { status: 'waiting', waitingFor: 'network' },
  { status: 'failed', failureReason: 'bad-status' },
  { status: 'failed', failureReason: 'quota-exceeded' },
  { status: 'downloading', downloaded: 60, downloadTotal: 100 },
  { status: 'done', downloaded: 100 },
];

const ELEMENTS = {
  'bg-fetch-button': html`<bg-fetch-button fetch-id="a"><a href="/a.bin">A</a></bg-fetch-button>`,
  'bg-fetch-item': html`<bg-fetch-item fetch-id="a"></bg-fetch-item>`,
  'bg-fetch-progress': html`<bg-fetch-progress fetch-id="a"></bg-fetch-progress>`,
  'bg-fetch-status': html`<bg-fetch-status fetch-id="a"></bg-fetch-status>`,
  'bg-fetch-list': html`<bg-fetch-list></bg-fetch-list>`,
  'bg-fetch-indicator': html`<bg-fetch-indicator></bg-fetch-indicator>`,
  'bg-fetch-storage': html`<bg-fetch-storage></bg-fetch-storage>`,
} satisfies Partial<Record<keyof HTMLElementTagNameMap, TemplateResult>>;

it.each(Object.entries(ELEMENTS) as [keyof typeof ELEMENTS, TemplateResult][])('%s', async (tag, content) => {
  const [translated, original] = [await stage(tag, content), await stage(tag, content)];
  const change = async (apply: (puppet: PuppetClient) => unknown) => {
    for (const { element, puppet } of [translated, original]) {
      apply(puppet);
      await drawn(element);
    }
  };
  translate(translated.element);
  for (const parts of CHANGES) {
    await change((puppet) => puppet.set('a', { title: 'A', ...parts }));
    expect(allTextOf(translated.element)).toBe(allTextOf(original.element));
    translate(translated.element);
  }
  expect(fontsIn(translated.element)).toEqual([]);
  document.documentElement.lang = 'de';
  await drawn(translated.element);
  await expect.poll(() => allTextOf(translated.element)).toBe(allTextOf(original.element));
  document.documentElement.lang = 'en';
});
