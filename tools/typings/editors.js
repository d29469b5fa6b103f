/** Returns the data that editors use to complete and describe the tags: custom data for VS Code, web types for JetBrains. */
import { settable } from './model.js';

/** @typedef {import('./model.js').Element} Element */

/** @param {import('./model.js').Model} model */
export function vsCodeHtml({ elements }) {
  return {
    $schema: 'https://raw.githubusercontent.com/microsoft/vscode-html-languageservice/main/docs/customData.schema.json',
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes = [] }) => ({
      name: tagName,
      description,
      attributes: attributes.map(({ name, description: text, type }) => ({
        name,
        description: text,
        ...(type?.text === 'boolean' && { valueSet: 'v' }),
        ...(choices(type?.text).length > 0 && { values: choices(type?.text).map((value) => ({ name: value })) }),
      })),
    })),
  };
}

/** @param {import('./model.js').Model} model */
export function vsCodeCss({ elements }) {
  const properties = new Map(elements.flatMap(({ cssProperties = [] }) => cssProperties).map((each) => [each.name, each]));
  const parts = new Map(elements.flatMap(({ cssParts = [] }) => cssParts).map((each) => [each.name, each]));
  const states = new Map(elements.flatMap(({ cssStates = [] }) => cssStates).map((each) => [each.name, each]));
  return {
    $schema: 'https://raw.githubusercontent.com/microsoft/vscode-css-languageservice/main/docs/customData.schema.json',
    version: 1.1,
    properties: [...properties.values()].map(({ name, description }) => ({ name, description })),
    pseudoElements: [...parts.values()].map(({ name, description }) => ({ name: `::part(${name})`, description })),
    pseudoClasses: [...states.values()].map(({ name, description }) => ({ name: `:state(${name})`, description })),
  };
}

/**
 * @param {import('./model.js').Model} model
 * @param {{ name: string, version: string }} pack
 */
export function webTypes({ elements }, { name, version }) {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: { html: { elements: elements.map(webType) } },
  };
}

/** @param {Element} element */
function webType(element) {
  const { tagName, description, attributes = [], events = [], slots = [], cssParts = [], cssProperties = [] } = element;
  return {
    name: tagName,
    description,
    attributes: attributes.map(({ name, description: text, type, default: initial }) => ({
      name,
      description: text,
      value: { type: type?.text ?? 'string', ...(initial !== undefined && { default: initial.replaceAll("'", '') }) },
    })),
    slots: slots.map(({ name, description: text }) => ({ name, description: text })),
    js: {
      properties: settable(element).map(({ name, description: text, type }) => ({ name, description: text, type: type?.text })),
      events: events.map(({ name, description: text }) => ({ name, description: text })),
    },
    css: {
      parts: cssParts.map(({ name, description: text }) => ({ name, description: text })),
      properties: cssProperties.map(({ name, description: text }) => ({ name, description: text })),
    },
  };
}

/** Returns the strings of a union of strings. */
function choices(type = '') {
  return [...type.matchAll(/'([^']+)'/g)].map(([, choice = '']) => choice);
}
