/** `custom-elements.json` as the typings and the editors' data need it. */
import { readFileSync } from 'node:fs';

/**
 * @typedef {import('../manifest/sources.js').Declaration & { tagName: string, module: string }} Element
 * @typedef {{ elements: Element[], events: Map<string, { type: string, description: string }> }} Model
 */

/**
 * @param {string} path
 * @returns {Model}
 */
export function readModel(path) {
  /** @type {import('../manifest/sources.js').Linking['customElementsManifest']} */
  const { modules } = JSON.parse(readFileSync(path, 'utf8'));
  const elements = modules.flatMap(({ path: module, declarations = [] }) =>
    declarations.flatMap((each) => (each.tagName === undefined ? [] : [{ ...each, tagName: each.tagName, module }])),
  );
  const fired = elements.flatMap(({ events = [] }) => events);
  const events = new Map(fired.map(({ name, type, description = '' }) => [name, { type: type?.text ?? 'Event', description }]));
  return { elements, events };
}

/**
 * The fields that a framework may set.
 * @param {Element} element
 */
export function settable({ members = [] }) {
  return members.filter(({ kind, readonly }) => kind === 'field' && !readonly);
}
