/** Lists the parts that an element hands through from the elements inside it (`exportparts`). */
import { source } from './sources.js';

/** A plugin of the analyzer. */
export function forwardedParts() {
  return {
    name: 'forwarded-parts',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      const { modules } = customElementsManifest;
      const known = modules.flatMap(({ declarations = [] }) => declarations.flatMap(({ cssParts = [] }) => cssParts));
      for (const { path, declarations = [] } of modules) {
        for (const declaration of declarations.filter(({ tagName }) => tagName)) {
          for (const name of partsHandedThrough(path)) {
            const parts = (declaration.cssParts ??= []);
            const there = parts.find((part) => part.name === name);
            const { description = '' } = known.find((part) => part.name === name && part !== there) ?? {};
            if (!there) parts.push({ name, description });
          }
        }
      }
    },
  };
}

/** @param {string} path */
function partsHandedThrough(path) {
  const { text: own } = source(path);
  // What draws an element may be loaded on demand.
  const loaded = [...own.matchAll(/import\('\.\/([\w-]+)\.js'\)/g)].map(([, name]) => source(`src/elements/${name}.ts`).text);
  const text = [own, ...loaded].join('\n');
  if (!text.includes('exportparts=')) return [];
  return [...text.matchAll(/_PARTS =\s+'([\w,-]+)'/g)].flatMap(([, list = '']) => list.split(','));
}
