/** Each event and each method that `custom-elements.json` promises, brought about as a person, a page or the client does it. */
import { html, type TemplateResult } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import manifest from '../../custom-elements.json' with { type: 'json' };
import { createRecord, type PuppetClient, type RecordParts } from '../../src/testing/index.js';
import { drawn, justRemoved, once, stage, textOf } from './puppet.js';

type Tag = 'bg-fetch-button' | 'bg-fetch-item' | 'bg-fetch-list' | 'bg-fetch-storage' | 'bg-fetch-indicator';

interface Declaration {
  readonly tagName?: string;
  readonly events?: readonly { readonly name: string }[];
  readonly members?: readonly { readonly name: string; readonly kind: string }[];
}

const declarations = (manifest.modules as readonly { readonly declarations?: readonly Declaration[] }[]).flatMap(
  ({ declarations = [] }) => declarations,
);
const declared = (tag: string) => declarations.find(({ tagName }) => tagName === tag)!;

const ELEMENTS: Readonly<Record<Tag, TemplateResult>> = {
  'bg-fetch-button': html`<bg-fetch-button fetch-id="ep-5" src="/a.mp3"></bg-fetch-button>`,
  'bg-fetch-item': html`<bg-fetch-item fetch-id="ep-5"></bg-fetch-item>`,
  'bg-fetch-list': html`<bg-fetch-list></bg-fetch-list>`,
  'bg-fetch-storage': html`<bg-fetch-storage></bg-fetch-storage>`,
  'bg-fetch-indicator': html`<bg-fetch-indicator></bg-fetch-indicator>`,
};

/** What happens to a download that looks so: a command is clicked, or the client tells. */
interface Cause {
  readonly of: RecordParts;
  readonly click?: string;
  readonly told?: RecordParts;
  readonly refused?: true;
}

const CAUSES: Readonly<Record<string, Cause>> = {
  'bg-fetch-request': { of: { status: 'failed' }, click: 'Try again' },
  'bg-fetch-open': { of: { status: 'done' }, click: 'Open' },
  'bg-fetch-error': { of: { status: 'done' }, click: 'Remove', refused: true },
  'bg-fetch-progress': { of: { status: 'paused' }, told: { status: 'downloading' } },
  'bg-fetch-success': { of: {}, told: { status: 'done' } },
  'bg-fetch-fail': { of: {}, told: { status: 'failed' } },
  'bg-fetch-abort': { of: {}, told: { status: 'aborted' } },
  'bg-fetch-discard': { of: { status: 'done' }, click: 'Remove' },
};

/** The button called so, in an element or in the rows inside it. */
function buttonIn(element: Element, word: string): HTMLElement | undefined {
  for (const inner of element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []) {
    const name = inner.getAttribute('aria-label') ?? inner.textContent;
    const found = inner.localName === 'button' && name.includes(word) ? inner : buttonIn(inner, word);
    if (found) return found;
  }
  return undefined;
}

afterEach(() => vi.restoreAllMocks());

const promised = (Object.keys(ELEMENTS) as Tag[]).flatMap((tag) =>
  (declared(tag).events ?? []).map(({ name }) => [tag, name] as const),
);

describe('the elements', () => {
  it.each(promised)('<%s> dispatches %s once', async (tag, name) => {
    const { of, click, told, refused } = CAUSES[name]!;
    const { element, puppet } = await stage(tag, ELEMENTS[tag], [createRecord(of)]);
    const heard: unknown[] = [];
    element.addEventListener(name, (event) => {
      event.preventDefault();
      heard.push(event);
    });
    if (refused) puppet.refusal = new TypeError('no.');
    if (told) puppet.set('ep-5', told);
    if (click !== undefined) {
      await vi.waitFor(() => expect(buttonIn(element, click)).toBeDefined(), { timeout: 30_000 });
      buttonIn(element, click)?.click();
    }
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 30_000 });
    await drawn(element);
    expect(heard).toMatchObject([{ type: name, fetchId: 'ep-5', bubbles: true, composed: true }]);
    expect(heard).toMatchObject(refused ? [{ error: { message: 'no.' } }] : [{ record: { id: 'ep-5' } }]);
  });
});

describe('an element with commands of its own', () => {
  it.each([
    ['bg-fetch-list', 'Remove all', { status: 'done' }],
    ['bg-fetch-list', 'Clear', { status: 'failed' }],
    ['bg-fetch-list', 'Pause all', { engine: 'in-page' }],
    ['bg-fetch-storage', 'Remove', { status: 'done' }],
  ] as const)('<%s> shows why “%s” failed, until it is tried again', async (tag, word, of) => {
    const { element, puppet } = await stage(tag, ELEMENTS[tag], [createRecord(of)]);
    await vi.waitFor(() => expect(buttonIn(element, word)).toBeDefined(), { timeout: 30_000 });
    const told = once(element, 'bg-fetch-error');
    puppet.refusal = new TypeError('It is refused.');
    buttonIn(element, word)?.click();
    expect(await told).toMatchObject({ fetchId: 'ep-5', error: { message: 'It is refused.' } });
    await drawn(element);
    expect(textOf(element)).toContain('It is refused.');
    await expect(element).to.be.accessible();
    buttonIn(element, word)?.click();
    await drawn(element);
    expect(textOf(element)).not.toContain('It is refused.');
  });
});

/** What a method of an element does with a download that looks so. */
interface Deed {
  readonly of: RecordParts;
  readonly does: (element: never, puppet: PuppetClient) => unknown;
}

/** The methods that come to a command of the same client, and which. */
const COMMANDS: Readonly<Record<string, readonly [of: RecordParts, command: string]>> = {
  pause: [{}, 'pause'],
  resume: [{ status: 'paused' }, 'resume'],
  abort: [{}, 'abort'],
  retry: [{ status: 'failed' }, 'retry'],
  moveInPage: [{ status: 'stalled', engine: 'native' }, 'moveInPage'],
  discard: [{ status: 'done' }, 'discard'],
  restore: [justRemoved, 'restore'],
  pauseAll: [{}, 'pause'],
  removeAll: [{ status: 'done' }, 'discard'],
  clear: [{ status: 'failed' }, 'discard'],
  restoreAll: [justRemoved, 'restore'],
  persist: [{ status: 'done' }, 'persist'],
};

/** Those that do something else. */
const DEEDS: Readonly<Record<string, Deed>> = {
  start: {
    of: { status: 'failed' },
    does: async (element: HTMLElementTagNameMap['bg-fetch-item'], puppet) => {
      await element.start();
      expect(puppet.commands.at(-1)?.name).toBe(element.localName === 'bg-fetch-item' ? 'retry' : 'start');
    },
  },
  open: {
    of: { status: 'done' },
    does: async (element: HTMLElementTagNameMap['bg-fetch-item']) => {
      const follow = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
      await element.open();
      expect(follow.mock.contexts).toMatchObject([{ target: '_blank', rel: 'noopener' }]);
    },
  },
  save: {
    of: { status: 'done' },
    does: async (element: HTMLElementTagNameMap['bg-fetch-item']) => {
      const follow = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
      await element.save();
      expect(follow.mock.contexts).toMatchObject([{ download: 'ep-5.mp3', protocol: 'blob:' }]);
    },
  },
  refresh: {
    of: { status: 'done' },
    does: async (element: HTMLElementTagNameMap['bg-fetch-storage'], puppet) => {
      puppet.space = { usage: 5_000_000, quota: 100_000_000, persisted: false };
      await element.refresh();
      await drawn(element);
      expect(element.shadowRoot?.textContent).toContain('5 of 100 MB used');
    },
  },
  show: {
    of: {},
    does: async (element: HTMLElementTagNameMap['bg-fetch-indicator']) => {
      element.show();
      await vi.waitFor(() => expect(element.shadowRoot?.querySelector('bg-fetch-list')).not.toBeNull(), { timeout: 30_000 });
    },
  },
  hide: {
    of: {},
    does: async (element: HTMLElementTagNameMap['bg-fetch-indicator']) => {
      element.show();
      element.hide();
      await drawn(element);
      expect(element.shadowRoot?.querySelector(':popover-open')).toBeNull();
    },
  },
};

describe.each(Object.keys(ELEMENTS) as Tag[])('%s', (tag) => {
  const methods = declared(tag).members?.flatMap(({ name, kind }) => (kind === 'method' ? [name] : [])) ?? [];

  it.each(methods)('runs %s()', async (method) => {
    expect(method in COMMANDS || method in DEEDS).toBe(true);
    const [of, command] = COMMANDS[method] ?? [DEEDS[method]?.of];
    const { element, puppet } = await stage(tag, ELEMENTS[tag], [createRecord(of)]);
    if (command === undefined) {
      await DEEDS[method]?.does(element as never, puppet);
      return;
    }
    await (element as unknown as Record<string, (id?: string) => Promise<unknown>>)[method]?.(
      ...(tag === 'bg-fetch-storage' && method === 'discard' ? ['ep-5'] : []),
    );
    expect(puppet.commands.map(({ name }) => name)).toEqual([command]);
  });
});
