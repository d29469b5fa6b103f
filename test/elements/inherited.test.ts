/** Inherited properties of a page that would break the layout do not reach into the elements; its typography does. */
import { html } from 'lit';
import { expect, it } from 'vitest';
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, part, stage } from './puppet.js';

const STATUSES: readonly FetchStatus[] = ['downloading', 'paused', 'failed', 'done'];
const space = { usage: 700_000_000, quota: 2_000_000_000, persisted: false };

const everything = html`<section style="display: grid; justify-items: start; inline-size: 400px">
  <bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"></bg-fetch-button>
  <bg-fetch-button src="javascript:1"></bg-fetch-button>
  <bg-fetch-indicator></bg-fetch-indicator>
  <bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>
  <bg-fetch-status fetch-id="ep-5"></bg-fetch-status>
  <bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
  <bg-fetch-list></bg-fetch-list>
  <bg-fetch-storage .space=${space}></bg-fetch-storage>
</section>`;

/** Returns the place of each visible text in its element, and the size of the element. */
function layoutOf(host: Element, root: Element | ShadowRoot = host.shadowRoot!): string[] {
  const { left, top, width, height } = host.getBoundingClientRect();
  const texts = [...root.childNodes].flatMap((node): string[] => {
    if (node instanceof Element) {
      if (node.matches('style, .unseen')) return [];
      return [...(node.shadowRoot ? layoutOf(node) : []), ...layoutOf(host, node)];
    }
    if (!(node instanceof Text) || node.data.trim() === '') return [];
    const range = new Range();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map(
      (rect) => `${node.data.trim()} ${[rect.left - left, rect.top - top, rect.width, rect.height].map(Math.round).join()}`,
    );
  });
  return root === host.shadowRoot ? [`${host.localName} ${Math.round(width)} ${Math.round(height)}`, ...texts] : texts;
}

it.each([
  'text-align: center',
  'text-align: justify; text-align-last: justify',
  'text-indent: 2em',
  'white-space: nowrap',
  'white-space: pre',
  'line-height: 0',
  'line-height: 60px',
])('%s of a page changes no layout', async (style) => {
  for (const status of STATUSES) {
    const { element: page } = await stage('section', everything, [createRecord({ status })]);
    await expect.poll(() => page.querySelector('bg-fetch-storage')!.shadowRoot!.querySelector('[part=meter]')).toBeTruthy();
    page.querySelector('bg-fetch-indicator')!.show();
    await Promise.all([...page.children].map(drawn));
    const layout = () => [...page.children].flatMap((each) => layoutOf(each));
    const before = layout();
    expect(before.length).toBeGreaterThan(20);
    page.style.cssText += style;
    expect(layout()).toEqual(before);
    page.querySelector('bg-fetch-indicator')!.hide();
  }
});

it('typography of a page is used', async () => {
  const { element } = await stage(
    'bg-fetch-item',
    html`<div style="font: italic 20px serif; letter-spacing: 3px; text-transform: uppercase; color: rgb(1, 2, 3)">
      <bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
    </div>`,
    [createRecord()],
  );
  expect(getComputedStyle(part(element, 'title'))).toMatchObject({
    fontStyle: 'italic',
    fontSize: '20px',
    letterSpacing: '3px',
    textTransform: 'uppercase',
    color: 'rgb(1, 2, 3)',
  });
});

it('every line of a long detail begins inside its box', async () => {
  const { element } = await stage(
    'bg-fetch-progress',
    html`<bg-fetch-progress fetch-id="ep-5" style="inline-size: 90px; font: 16px sans-serif"></bg-fetch-progress>`,
    [createRecord({ status: 'failed' })],
  );
  const range = new Range();
  range.selectNodeContents(part(element, 'detail'));
  const lines = [...range.getClientRects()];
  expect(lines.length).toBeGreaterThan(1);
  const { left } = part(element, 'words').getBoundingClientRect();
  for (const line of lines) expect(line.left).toBeGreaterThanOrEqual(left);
});
