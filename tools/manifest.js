/** Reduces the analyzer's manifest to the public API of the built package. The JSDoc tags of the elements say everything else. */

/** Folder of the base classes, whose API is listed on each element. */
const BASE = 'src/elements/base/';

/** Returns a plugin of the analyzer. */
export function publicApi() {
  return {
    name: 'public-api',
    /** @param {{ customElementsManifest: import('custom-elements-manifest').Package }} parameters */
    packageLinkPhase({ customElementsManifest }) {
      // In the order of the file system otherwise.
      const modules = customElementsManifest.modules
        .filter(({ path }) => !path.startsWith(BASE))
        .sort((a, b) => a.path.localeCompare(b.path, 'en'));
      for (const { declarations = [] } of modules) {
        for (const declaration of declarations) if ('tagName' in declaration) flatten(declaration);
      }
      customElementsManifest.modules = JSON.parse(JSON.stringify(modules), toBuiltPath);
    },
  };
}

/**
 * Removes the members that are not public, and lists the inherited ones as the element's own.
 * @param {import('custom-elements-manifest').CustomElement} element
 */
function flatten(element) {
  const { members = [], attributes = [], events = [], slots = [], cssParts = [], cssProperties = [], cssStates = [] } = element;
  element.superclass = { name: 'LitElement', package: 'lit' };
  element.members = members.filter((member) => !member.static && !member.privacy).sort(byName);
  attributes.sort(byName);
  /** @type {{ name: string, inheritedFrom?: object }[]} */
  const all = [element.members, attributes, events, slots, cssParts, cssProperties, cssStates].flat();
  for (const each of all) delete each.inheritedFrom;
}

/**
 * @param {{ name: string }} a
 * @param {{ name: string }} b
 */
function byName(a, b) {
  return a.name.localeCompare(b.name, 'en');
}

/**
 * Replaces the path of a source file by that of the built module; a reviver of `JSON.parse`.
 * @param {string} key
 * @param {unknown} value
 */
function toBuiltPath(key, value) {
  if (typeof value !== 'string' || (key !== 'path' && key !== 'module')) return value;
  return value.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');
}
