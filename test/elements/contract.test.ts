/** What `custom-elements.json` promises of each tag is there, and nothing else is. */
import { fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { describe, expect, it } from 'vitest';
import manifest from '../../custom-elements.json' with { type: 'json' };
import type { FetchRecord, FetchStatus } from '../../src/manager/record.js';
import { createRecord, PuppetClient, steadyCourse, type RecordParts } from '../../src/testing/index.js';
import '../../src/define.js';
import { drawn, nextFrame } from './puppet.js';

interface Named {
  readonly name: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssStates?: readonly Named[];
  readonly events?: readonly Named[];
  readonly attributes?: readonly Named[];
  readonly members?: readonly Named[];
}

const modules = manifest.modules as readonly { readonly declarations?: readonly Declaration[] }[];
const tags = modules.flatMap(({ declarations = [] }) => declarations.filter(({ tagName }) => tagName));

const STATUSES: readonly FetchStatus[] = [
  'starting',
  'queued',
  'waiting',
  'downloading',
  'stalled',
  'paused',
  'saving',
  'done',
  'failed',
  'aborted',
  'evicted',
];
const file = { url: 'https://example.com/a.mp3', downloaded: 1, downloadTotal: 2, state: 'downloading' as const, status: 200 };
const URLS = ['https://example.com/a.mp3', 'https://example.com/b.mp3'];

/** Everything one download can look like; nothing at first. */
const LOOKS: readonly (RecordParts | undefined)[] = [
  undefined,
  { status: 'idle' },
  ...STATUSES.map((status) => ({ status })),
  { status: 'stalled', engine: 'native' },
  { status: 'waiting', waitingFor: 'retry', waitingUntil: Date.now() + 60_000 },
  ...(['done', 'failed', 'aborted'] as const).map((status) => ({ status, discardedAt: Date.now() })),
  { downloadTotal: 0 },
  { status: 'failed', failureReason: 'quota-exceeded' },
  { urls: URLS, files: [file, { ...file, url: URLS[1]! }] },
];

interface Seen {
  readonly parts: Set<string>;
  readonly slots: Set<string>;
  readonly states: Set<string>;
}

const STATES = ['idle', ...STATUSES, 'removed', 'indeterminate'];

/** Notes what an element shows now, in itself and in the elements inside it, each of whose parts it has to hand through. */
function note(element: Element, { parts, slots, states }: Seen): void {
  for (const inner of element.shadowRoot!.querySelectorAll('*')) {
    for (const name of inner.getAttribute('part')?.split(' ') ?? []) parts.add(name);
    if (inner.localName === 'slot') slots.add(inner.getAttribute('name') ?? '');
    if (!inner.localName.startsWith('bg-fetch-')) continue;
    const handed = new Map(
      inner
        .getAttribute('exportparts')
        ?.split(',')
        .map((pair) => pair.split(':'))
        .map(([name = '', as = name]) => [name, as]),
    );
    const seen: Seen = { parts: new Set(), slots: new Set(), states: new Set() };
    note(inner, seen);
    for (const [name, as] of handed) if (seen.parts.has(name)) parts.add(as);
    expect(
      [...seen.parts].filter((name) => !handed.has(name)),
      `parts of <${inner.localName}> that are not handed through`,
    ).toEqual([]);
  }
  for (const name of STATES) if (element.matches(`:state(${name})`)) states.add(name);
}

/** What unfolds a row, at any depth. */
function buttonsIn(element: Element): HTMLElement[] {
  const inner = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
  return inner.flatMap((each) => [...(each.matches('[data-action=free]') ? [each] : []), ...buttonsIn(each)]);
}

/** Everything an element shows and tells while its download goes through all it can. */
async function watch(tag: string): Promise<Seen> {
  const seen: Seen = { parts: new Set(), slots: new Set(), states: new Set() };
  const variants = tag === 'bg-fetch-progress' ? ['bar', 'ring'] : [''];
  const all = variants.flatMap((variant) => LOOKS.map((look) => ({ variant, look })));
  if ('show' in customElements.get(tag)!.prototype) {
    // One that opens closes the others.
    for (const each of all) await watchOne(tag, each, seen);
  } else {
    await Promise.all(all.map((each) => watchOne(tag, each, seen)));
  }
  return seen;
}

/** Adds what an element shows of one download. */
async function watchOne(tag: string, { variant, look }: { variant: string; look: RecordParts | undefined }, seen: Seen) {
  // What was removed when this file was loaded may be gone by now.
  const now = look?.discardedAt === undefined ? look : { ...look, discardedAt: Date.now() };
  const records: readonly FetchRecord[] = now ? steadyCourse(createRecord(now), 1_000_000) : [];
  const puppet = new PuppetClient();
  puppet.space = { usage: 5_000_000_000, quota: 9_000_000_000, persisted: false };
  const provider = await fixture(html`<bg-fetch-provider .client=${puppet}></bg-fetch-provider>`);
  const element = document.createElement(tag) as HTMLElement & { show?: () => void; persist?: () => Promise<boolean> };
  if (tag === 'bg-fetch-button') element.setAttribute('src', '/a.mp3');
  if (variant) element.setAttribute('variant', variant);
  element.setAttribute('fetch-id', 'ep-5');
  // What ended before the indicator came would be no news to it.
  if ('since' in element) element.since = 0;
  const written = element.outerHTML;
  provider.append(element);
  await drawn(element);
  for (const record of records) puppet.records.set(record);
  await drawn(element);
  await nextFrame();
  await drawn(element);
  note(element, seen);
  for (const button of buttonsIn(element)) button.click();
  await drawn(element);
  note(element, seen);
  // What the browser answers, first no and then yes.
  const { persist } = puppet;
  for (const answer of element.persist ? [() => Promise.resolve(false), persist] : []) {
    puppet.persist = answer;
    await element.persist?.();
    await drawn(element);
    note(element, seen);
  }
  // Opening the list makes what ended old news, so that is looked at last.
  element.show?.();
  await nextFrame();
  await drawn(element);
  for (const button of element.show ? buttonsIn(element) : []) button.click();
  await drawn(element);
  note(element, seen);
  expect(element.outerHTML, 'what the author wrote').toBe(written);
  provider.remove();
}

const named = (list: readonly Named[] = []) => list.map(({ name }) => name).sort();

describe.each(tags)('$tagName', (declaration) => {
  const tag = declaration.tagName!;
  const Class = customElements.get(tag)!;

  it(
    'has the parts, slots and states that are written, and no others, and changes no attribute',
    { timeout: 60_000 },
    async () => {
      if (tag === 'bg-fetch-provider') return;
      const { parts, slots, states } = await watch(tag);
      expect([...parts].sort()).toEqual(named(declaration.cssParts));
      expect([...slots].sort()).toEqual(named(declaration.slots));
      expect([...states].sort()).toEqual(named(declaration.cssStates));
    },
  );

  it('has the attributes and members that are written', () => {
    expect([...(Class as typeof LitElement).observedAttributes].sort()).toEqual(named(declaration.attributes));
    const element = document.createElement(tag);
    expect(named(declaration.members).filter((name) => !(name in element))).toEqual([]);
  });

  it('has no public member that is not written', () => {
    const written = new Set(named(declaration.members));
    const properties = [...(Class as typeof LitElement).elementProperties]
      .filter(([, { state }]) => !state)
      .map(([name]) => String(name));
    expect(properties.filter((name) => !written.has(name) && !INTERNAL.has(name))).toEqual([]);
  });
});

/** Between a list and its rows; no part of the contract. */
const INTERNAL: ReadonlySet<string> = new Set(['inList', 'current', 'deferUpdate', 'focusAction', 'focusedAction']);

it('events: each that is written has a class, and fires', async () => {
  const events = await import('../../src/elements/events.js');
  const names = Object.values(events).flatMap((each) => ('eventName' in each ? [each.eventName] : []));
  const written = new Set(tags.flatMap((declaration) => named(declaration.events)));
  expect([...written].sort()).toEqual([...names].sort());
});
