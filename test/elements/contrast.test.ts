/** Words and glyphs can be read on the ground of any page: light, dark by `color-scheme`, and dark by a class that sets colours only. */
import { html } from 'lit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import manifest from '../../custom-elements.json' with { type: 'json' };
import type { FetchStatus } from '../../src/manager/record.js';
import { createRecord } from '../../src/testing/index.js';
import { drawn, stage } from './puppet.js';

const DARK = 'background: #0f172a; color: #e2e8f0';
const PAGES = {
  light: 'background: #fff; color: #1f2937',
  'dark by color-scheme': 'color-scheme: dark; background: Canvas; color: CanvasText',
  'dark by class': DARK,
  'light with translucent text': 'background: #fff; color: rgb(0 0 0 / 0.87)',
};
const SURFACES = {
  'a light surface in a dark page': `${DARK}; --bg-fetch-surface: #fff`,
  'a dark surface in a light page': 'background: #fff; color: #1f2937; --bg-fetch-surface: #1e293b',
  'a translucent surface in a dark page': `${DARK}; --bg-fetch-surface: rgb(255 255 255 / 0.08)`,
  'no surface in a light page': 'background: #fff; color: #1f2937; --bg-fetch-surface: transparent',
  'an accent of the other kind': `${DARK}; --bg-fetch-accent: #b8e986`,
};
const STATUSES: readonly FetchStatus[] = ['idle', 'downloading', 'paused', 'stalled', 'failed', 'done'];
/** Colours that are documented for dark and for light text: name, default, description. */
const DEFAULTS = manifest.modules
  .flatMap(({ declarations }) => declarations as readonly Declaration[])
  .filter(({ tagName }) => tagName === 'bg-fetch-button')
  .flatMap(({ cssProperties = [] }) => cssProperties)
  .filter(({ default: initial }) => initial.startsWith('#'))
  .map(({ name, default: initial, description }) => [name.replace('--bg-fetch-', ''), initial, description] as const);
const [WORDS, GLYPHS] = [4.5, 3];

interface Declaration {
  readonly tagName?: string;
  readonly cssProperties?: readonly { readonly name: string; readonly default: string; readonly description: string }[];
}

const space = { usage: 700_000_000, quota: 2_000_000_000, persisted: false };

function everything(style: string) {
  return html`<section style="padding: 1em; ${style}">
    <bg-fetch-button fetch-id="ep-5" src="/ep-5.mp3"></bg-fetch-button>
    <bg-fetch-button src="javascript:1"></bg-fetch-button>
    <bg-fetch-indicator .since=${0}></bg-fetch-indicator>
    <bg-fetch-progress fetch-id="ep-5"></bg-fetch-progress>
    <bg-fetch-progress value="0.4" variant="ring" label="Ring"></bg-fetch-progress>
    <bg-fetch-status fetch-id="ep-5">It can be downloaded.</bg-fetch-status>
    <bg-fetch-item fetch-id="ep-5"></bg-fetch-item>
    <bg-fetch-list></bg-fetch-list>
    <bg-fetch-storage .space=${space}></bg-fetch-storage>
  </section>`;
}

/** Draws everything in a page with this style, popovers open, and returns what is below its contrast. */
async function unreadable(style: string, status: FetchStatus): Promise<string[]> {
  const files = [
    { url: 'https://example.com/a', downloaded: 1, downloadTotal: 1, state: 'done', status: 200 },
    { url: 'https://example.com/b', downloaded: 0, downloadTotal: 1, state: 'failed', status: 404 },
  ] as const;
  const records = status === 'idle' ? [] : [createRecord({ status, files })];
  const { element: page } = await stage('section', everything(style), records);
  const { shadowRoot: storage } = page.querySelector('bg-fetch-storage')!;
  await vi.waitFor(() => expect(storage?.querySelector('[part=meter]')).toBeTruthy(), { timeout: 30_000 });
  await Promise.all([...page.children].map(drawn));
  for (const each of inside(page)) if (each.matches('[aria-expanded=false]')) (each as HTMLElement).click();
  page.querySelector('bg-fetch-indicator')!.show();
  await Promise.all([...page.children].map(drawn));
  const measured = measure(page);
  page.querySelector('bg-fetch-indicator')!.hide();
  const menu = page.querySelector('bg-fetch-button')!.shadowRoot!.querySelector<HTMLElement>('[popover]');
  menu?.showPopover();
  if (menu) measured.push(...measure(menu));
  expect(measured.filter(({ kind }) => kind === WORDS).length).toBeGreaterThan(2);
  expect(measured.filter(({ kind }) => kind === GLYPHS).length).toBeGreaterThan(2);
  return measured.filter(({ contrast, kind }) => contrast < kind).map(({ name, contrast }) => `${name}: ${contrast.toFixed(2)}`);
}

interface Measured {
  readonly name: string;
  readonly contrast: number;
  readonly kind: number;
}

function measure(root: Element): Measured[] {
  return inside(root)
    .filter((each) => each.checkVisibility() && !each.closest('.unseen') && !hasPicture(each))
    .flatMap((each): Measured[] => {
      const { color, stroke, fill, backgroundColor } = getComputedStyle(each);
      const host = (each.getRootNode() as ShadowRoot).host as Element | undefined;
      const text = [...each.childNodes].map((node) => (node instanceof Text ? node.data.trim() : '')).join('');
      const name = `${host?.localName ?? ''} ${each.localName}.${each.getAttribute('class') ?? ''} ${text}`;
      const ground = groundOf(each);
      if (text) return [{ name, kind: WORDS, contrast: contrastOf([...ground, color]) }];
      if (each.matches('svg.icon :is(path, circle):not(.track)'))
        return [{ name, kind: GLYPHS, contrast: contrastOf([...ground, stroke === 'none' ? fill : stroke]) }];
      if (each.matches('.fill, .segment, .dot')) {
        const around = groundOf(ancestorsOf(each).at(each.matches('.dot') ? -2 : -3)!);
        return [{ name, kind: GLYPHS, contrast: contrastOf([...around, backgroundColor]) }];
      }
      return [];
    });
}

/** Returns the elements of a tree with all its shadow trees. */
function inside(element: Element): Element[] {
  return [...(element.shadowRoot?.children ?? []), ...element.children].flatMap((each) => [each, ...inside(each)]);
}

/** Returns the element and its ancestors as drawn, from the outermost one. */
function ancestorsOf(element: Element): Element[] {
  const parent = element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  return [...(parent ? ancestorsOf(parent) : []), element];
}

function groundOf(element: Element): string[] {
  return ancestorsOf(element).map((each) => getComputedStyle(each).backgroundColor);
}

/** Returns true for the picture of a row, a letter on a gradient. */
function hasPicture(element: Element): boolean {
  return ancestorsOf(element).some((each) => each.matches('.art'));
}

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

/** Returns the contrast of the last colour with those below it. */
function contrastOf(colours: readonly string[]): number {
  const luminances = [colours.slice(0, -1), colours].map((painted) => {
    canvas.reset();
    for (const colour of ['#fff', ...painted]) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

describe.each(Object.entries(PAGES))('in a page that is %s', (_name, style) => {
  it.each(STATUSES)('everything can be read while %s', async (status) => {
    expect(await unreadable(style, status)).toEqual([]);
  });
});

describe.each(Object.entries(SURFACES))('on %s', (_name, style) => {
  it.each(STATUSES)('everything can be read while %s', async (status) => {
    expect(await unreadable(style, status)).toEqual([]);
  });
});

describe.each([
  ['dark', '#1f2937', /^(#\w+)$/],
  ['light', '#e2e8f0', /(#\w+) (?:next to light text|on a light accent)/],
])('next to %s text', (_name, text, documented) => {
  it.each(DEFAULTS)('--bg-fetch-%s is the documented colour', async (noun, ...texts) => {
    const colour = texts.map((each) => documented.exec(each)?.[1]).find(Boolean);
    const { element } = await stage('bg-fetch-button', html`<bg-fetch-button src="/a" style="color: ${text}"></bg-fetch-button>`);
    const sample = element.shadowRoot!.appendChild(document.createElement('span'));
    sample.style.color = `var(--${noun})`;
    expect(contrastOf([colour!, getComputedStyle(sample).color])).toBeLessThan(1.05);
  });
});

it('finds text of the same colour as its ground', async () => {
  expect(await unreadable('background: #1f2937; color: #1f2937', 'paused')).not.toEqual([]);
});

describe('without relative colours', () => {
  const removed: (() => void)[] = [];

  beforeAll(() => {
    const tags = ['button', 'progress', 'status', 'item', 'list', 'indicator', 'storage'].map((noun) => `bg-fetch-${noun}`);
    const sheets = tags.flatMap((tag) => {
      const element = document.body.appendChild(document.createElement(tag));
      const { adoptedStyleSheets } = element.shadowRoot!;
      element.remove();
      return [...adoptedStyleSheets];
    });
    for (const sheet of new Set(sheets)) {
      const at = [...sheet.cssRules].findIndex((rule) => rule instanceof CSSSupportsRule && rule.conditionText.includes('oklch'));
      if (at < 0) continue;
      const { cssText } = sheet.cssRules[at]!;
      sheet.deleteRule(at);
      removed.push(() => sheet.insertRule(cssText, at));
    }
    expect(removed).toHaveLength(1);
  });
  afterAll(() => {
    for (const restore of removed) restore();
  });

  it.each(Object.entries(PAGES))('everything can be read in a page that is %s', async (_name, style) => {
    for (const status of STATUSES) expect(await unreadable(style, status)).toEqual([]);
  });
});
