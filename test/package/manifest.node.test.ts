/** `custom-elements.json` says something of everything, and the editors' data pass all of it on. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { vsCodeCss, vsCodeHtml, webTypes } from '../../tools/typings/editors.js';
import { readModel, settable } from '../../tools/typings/model.js';

const model = readModel('custom-elements.json');
const pack = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
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
