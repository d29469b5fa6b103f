/** Writes out named types of strings (`Filter` becomes `'all' | 'active' | …`), so that editors and the gallery can offer them. */
import { sourcesIn } from './sources.js';

const ALIAS = /export type (\w+) =((?:\s*\|?\s*'[\w-]+')+);/g;

/** A plugin of the analyzer. */
export function literalTypes() {
  const unions = new Map(
    sourcesIn('src').flatMap(({ text }) =>
      [...text.matchAll(ALIAS)].map(([, name = '', union = '']) => /** @type {const} */ ([name, strings(union).join(' | ')])),
    ),
  );
  return {
    name: 'literal-types',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const { members = [], attributes = [] } of declarations) {
          for (const { type } of [...members, ...attributes]) {
            if (type) type.text = type.text.replaceAll(/\b[A-Z]\w+\b/g, (name) => unions.get(name) ?? name);
          }
        }
      }
    },
  };
}

/** @param {string} union */
function strings(union) {
  return union.match(/'[^']+'/g) ?? [];
}
