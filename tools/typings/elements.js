/** Returns the attributes, properties and events of each tag as types; the typings of the frameworks are built on them. */
import { settable } from './model.js';

/**
 * @param {import('./model.js').Model} model
 * @returns {string} a declaration file for `dist/typings/`
 */
export function elementsDeclaration({ elements, events }) {
  const classes = elements.map(({ name, module }) => `import type { ${name} } from '../${module.replace(/^dist\//, '')}';`);
  const eventTypes = [...new Set([...events.values()].map(({ type }) => type))].sort();
  return `/** Attributes, properties and events of each tag. Generated from custom-elements.json. */
${classes.join('\n')}
import type { ${eventTypes.join(', ')} } from '../elements/events.js';

/** The class of each tag. */
export interface BgFetchElements {
${elements.map(({ tagName, name }) => `  '${tagName}': ${name};`).join('\n')}
}

/** The attributes of each tag, with their types in markup. */
export interface BgFetchAttributes {
${elements.map(attributesOf).join('\n')}
}

/** The properties of each tag. */
export interface BgFetchProperties {
${elements.map(propertiesOf).join('\n')}
}

/** The events by type. All of them bubble, so any ancestor can listen. */
export interface BgFetchEvents {
${[...events].map(([name, { type, description }]) => `${comment(description)}  '${name}': ${type};`).join('\n')}
}

declare global {
  interface DocumentEventMap extends BgFetchEvents {}
  interface WindowEventMap extends BgFetchEvents {}
}
`;
}

/** @param {import('./model.js').Element} element */
function attributesOf({ tagName, attributes = [] }) {
  const lines = attributes.map(
    ({ name, type, description }) => `${comment(description, '    ')}    '${name}'?: ${inMarkup(type?.text)} | undefined;`,
  );
  return `  '${tagName}': {\n${lines.join('\n')}\n  };`;
}

/** @param {import('./model.js').Element} element */
function propertiesOf(element) {
  const { tagName, name: className } = element;
  const lines = settable(element).map(
    ({ name, description }) => `${comment(description, '    ')}    ${name}?: ${className}['${name}'] | undefined;`,
  );
  return `  '${tagName}': {\n${lines.join('\n')}\n  };`;
}

/** Returns the type of an attribute in markup, where a number can be text. */
function inMarkup(type = 'string') {
  return type.replace(' | undefined', '').replace('number', 'number | string');
}

/** Returns a description of the manifest as a comment. */
export function comment(text = '', indent = '  ') {
  return text === '' ? '' : `${indent}/** ${text.replaceAll(/\s+/g, ' ')} */\n`;
}
