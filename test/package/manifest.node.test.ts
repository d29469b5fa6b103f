/** `custom-elements.json` describes everything, agrees with the source, and is passed on whole to the editors' data. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as exported from '../../src/index.js';
import type { Filter } from '../../src/view/groups.js';
import { vsCodeCss, vsCodeHtml, webTypes } from '../../tools/typings/editors.js';
import { readModel, settable } from '../../tools/typings/model.js';

const model = readModel('custom-elements.json');
const pack = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
/** Statics of the exported classes. */
const classes = exported as unknown as Readonly<Record<string, { eventName?: string; styles?: unknown }>>;
const names = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name);

describe.each(model.elements)('$tagName', (element) => {
  const { attributes = [], members = [], events = [], slots = [], cssParts = [], cssStates = [], cssProperties = [] } = element;

  it('has a description', () => {
    expect(element.description).toBeTruthy();
  });

  it('has a description of all that it has', () => {
    const all = [attributes, members, events, slots, cssParts, cssStates, cssProperties].flat();
    expect(names(all.filter(({ description }) => !description))).toEqual([]);
  });

  it('has a type for each attribute, property and event', () => {
    const all = [attributes, settable(element), events].flat();
    expect(names(all.filter(({ type }) => !type))).toEqual([]);
  });

  it('has the custom properties of its stylesheets with their defaults', () => {
    const declared = new Map(cssProperties.map(({ name, default: initial }) => [name, initial]));
    const used = customPropertiesOf(element.name);
    expect([...declared.keys()].toSorted()).toEqual([...used.keys()].toSorted());
    for (const [name, initial] of used) if (!isDerived(initial)) expect(declared.get(name)).toBe(initial);
  });

  it('has a class for each event', () => {
    expect(events.map(({ type }) => classes[type.text]?.eventName)).toEqual(names(events));
  });

  it('is in the data of both editors, with its attributes', () => {
    const [code] = vsCodeHtml(model).tags.filter(({ name }) => name === element.tagName);
    const [brains] = webTypes(model, pack).contributions.html.elements.filter(({ name }) => name === element.tagName);
    expect(names(code?.attributes)).toEqual(names(attributes));
    expect(names(brains?.attributes)).toEqual(names(attributes));
    expect(names(brains?.js.events)).toEqual(names(events));
    expect(names(brains?.css.parts)).toEqual(names(cssParts));
  });

  it('has its parts, states and properties in the data for stylesheets', () => {
    const { properties, pseudoElements, pseudoClasses } = vsCodeCss(model);
    expect(names(pseudoClasses)).toEqual(expect.arrayContaining(names(cssStates).map((name) => `:state(${name})`)));
    expect(names(properties)).toEqual(expect.arrayContaining(names(cssProperties)));
    expect(names(pseudoElements)).toEqual(expect.arrayContaining(names(cssParts).map((name) => `::part(${name})`)));
  });
});

it('the list has every filter', () => {
  const filters: Readonly<Record<Filter, true>> = { all: true, active: true, done: true, failed: true, aborted: true };
  const union = Object.keys(filters)
    .map((name) => `'${name}'`)
    .join(' | ');
  const list = model.elements.find(({ tagName }) => tagName === 'bg-fetch-list');
  expect(list?.attributes?.find(({ name }) => name === 'filter')?.type?.text).toBe(union);
});

/** Returns the custom properties that the stylesheets of an element read, with the default of the last rule. */
function customPropertiesOf(name: string): Map<string, string> {
  const text = [classes[name]?.styles].flat(Infinity).map(String).join('\n');
  return new Map(
    [...text.matchAll(/var\(\s*(--bg-fetch-[\w-]+),\s*([^;]+?)\s*\);/g)].map(([, property = '', initial = '']) => [
      property,
      initial,
    ]),
  );
}

/** Returns true for a colour that depends on the text colour: `test/elements/contrast.test.ts` compares it. */
function isDerived(initial: string): boolean {
  return initial.startsWith('oklch(from ') || initial === 'var(--ground)';
}
