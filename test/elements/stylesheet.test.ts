/** What a stylesheet of the page reaches: parts of what is inside, at any depth, and the properties for all. */
import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import manifest from '../../custom-elements.json' with { type: 'json' };
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, part, stage } from './puppet.js';

const INK = 'rgb(1, 2, 3)';

let style: HTMLStyleElement | undefined;
afterEach(() => style?.remove());

function write(css: string): void {
  style = Object.assign(document.createElement('style'), { textContent: css });
  document.head.append(style);
}

function inside(element: Element): Element[] {
  return [...(element.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((each) => [each, ...inside(each)]);
}

describe('a part inside another element', () => {
  const short = [createRecord({ status: 'failed', failureReason: 'quota-exceeded' }), createRecord({ id: 'd', status: 'done' })];

  it.each([
    ['bg-fetch-item', 'storage-meter', 'meter'],
    ['bg-fetch-list', 'title', 'title'],
    ['bg-fetch-list', 'storage-item', 'item'],
    ['bg-fetch-indicator', 'title', 'title'],
    ['bg-fetch-indicator', 'storage-action', 'action'],
  ] as const)('of <%s> is reached by ::part(%s)', async (tag, name, inner) => {
    write(`${tag}::part(${name}) { color: ${INK} }`);
    const elements = {
      'bg-fetch-item': html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`,
      'bg-fetch-list': html`<bg-fetch-list></bg-fetch-list>`,
      'bg-fetch-indicator': html`<bg-fetch-indicator></bg-fetch-indicator>`,
    };
    const { element } = await stage(tag, elements[tag], short);
    if ('show' in element) element.show();
    const find = (selector: string) => inside(element).find((each) => each.matches(selector)) as HTMLElement | undefined;
    if (name.startsWith('storage')) {
      await vi.waitFor(() => expect(find('[data-action=free]')).toBeDefined(), { timeout: 30_000 });
      find('[data-action=free]')?.click();
    }
    const place = name.startsWith('storage') ? 'bg-fetch-storage' : 'bg-fetch-item';
    const reached = () => [...((tag === place ? element : find(place))?.shadowRoot?.querySelectorAll(`[part~=${inner}]`) ?? [])];
    await vi.waitFor(() => expect(reached().map((each) => getComputedStyle(each).color)).toContain(INK), { timeout: 30_000 });
  });
});

interface Declaration {
  readonly cssProperties?: readonly { readonly name: string }[];
}

const PROPERTIES = new Set(
  (manifest.modules as readonly { readonly declarations?: readonly Declaration[] }[]).flatMap(({ declarations = [] }) =>
    declarations.flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)),
  ),
);
const SIZES: Readonly<Record<string, string>> = { '--bg-fetch-radius': '113px', '--bg-fetch-bar-size': '117px' };

describe('the properties', () => {
  it('are a dozen at most', () => {
    expect(PROPERTIES.size).toBeLessThanOrEqual(12);
  });

  it.each([...PROPERTIES])('%s changes what is seen', async (name) => {
    const statuses: readonly FetchStatus[] = ['downloading', 'stalled', 'paused', 'done', 'failed'];
    const records = statuses.map((status) => createRecord({ id: status, status }));
    const all = html`<div>
      <bg-fetch-list></bg-fetch-list><bg-fetch-indicator></bg-fetch-indicator><bg-fetch-button src="/a"></bg-fetch-button>
    </div>`;
    const value = SIZES[name] ?? INK;
    const { element } = await stage('div', all, records);
    await Promise.all([...element.children].map(drawn));
    const looks = () =>
      [...element.children]
        .flatMap((each) => [each, ...inside(each)])
        .flatMap((each) => {
          const { color, backgroundColor, borderTopColor, borderTopLeftRadius, blockSize, stroke } = getComputedStyle(each);
          return [color, backgroundColor, borderTopColor, borderTopLeftRadius, blockSize, stroke];
        });
    expect(looks()).not.toContain(value);
    element.style.setProperty(name, value);
    expect(looks()).toContain(value);
  });

  it('of a status colour what that status shows', async () => {
    const { element } = await stage('bg-fetch-item', html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`, [
      createRecord({ status: 'failed' }),
    ]);
    element.style.setProperty('--bg-fetch-danger', INK);
    expect(getComputedStyle(part(element, 'lead')).color).toBe(INK);
  });
});
