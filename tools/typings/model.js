/** Reads the elements and events of `custom-elements.json`. */
import { readFileSync } from 'node:fs';

/**
 * @typedef {import('custom-elements-manifest').CustomElement & { tagName: string, module: string }} Element
 * @typedef {{ elements: Element[], events: Map<string, { type: string, description: string }> }} Model
 */

/**
 * @param {string} path
 * @returns {Model}
 */
export function readModel(path) {
  /** @type {import('custom-elements-manifest').Package} */
  const { modules } = JSON.parse(readFileSync(path, 'utf8'));
  const elements = modules.flatMap(({ path: module, declarations = [] }) =>
    declarations.flatMap((each) => ('tagName' in each && each.tagName ? [{ ...each, tagName: each.tagName, module }] : [])),
  );
  const fired = elements.flatMap(({ events = [] }) => events);
  const events = new Map(fired.map(({ name, type, description = '' }) => [name, { type: type.text, description }]));
  return { elements, events };
}

/**
 * Returns the fields that a framework may set.
 * @param {Element} element
 */
export function settable({ members = [] }) {
  return members.flatMap((member) => (member.kind === 'field' && !member.readonly ? [member] : []));
}
