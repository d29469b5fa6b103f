/** Leaves what an author can rely on: the elements and their events, public members only, each where the package has it. */

/** What an author neither sets nor calls. */
const OWN_AFFAIRS = new Set(['styles', 'render', 'inList', 'current', 'putOff', 'requestUpdate', 'focusAction', 'focusedAction']);

/** A plugin of the analyzer. */
export function publicSurface() {
  return {
    name: 'public-surface',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      customElementsManifest.modules = customElementsManifest.modules.filter(isPublic).map((module) => ({
        ...module,
        path: built(module.path),
        declarations: (module.declarations ?? []).map(surfaceOf),
        exports: (module.exports ?? []).map((each) => ({
          ...each,
          declaration: each.declaration.module
            ? { ...each.declaration, module: built(each.declaration.module) }
            : each.declaration,
        })),
      }));
    },
  };
}

/** @param {import('./sources.js').Module} module */
function isPublic({ path }) {
  return path.startsWith('src/define/') || path === 'src/elements/events.ts' || path.startsWith('src/elements/bg-fetch-')
    ? !path.endsWith('/bg-fetch-element.ts')
    : false;
}

/**
 * The base classes are the elements' own affair: what they bring is told as each element's own.
 * @param {import('./sources.js').Declaration} declaration
 * @returns {import('./sources.js').Declaration}
 */
function surfaceOf(declaration) {
  if (!declaration.tagName) return declaration;
  const { members = [], attributes = [], events = [] } = declaration;
  const shown = members
    .filter(({ name, privacy, static: isStatic }) => !isStatic && !privacy && !name.startsWith('#') && !OWN_AFFAIRS.has(name))
    .map(own)
    .sort(byName);
  return {
    ...declaration,
    superclass: { name: 'LitElement', package: 'lit' },
    members: shown,
    ...(attributes.length > 0 && { attributes: attributes.map(own).sort(byName) }),
    ...(events.length > 0 && { events: events.map(own) }),
  };
}

/**
 * @template {object} T
 * @param {T} item
 */
function own(item) {
  const copy = { ...item };
  if ('inheritedFrom' in copy) delete copy.inheritedFrom;
  return copy;
}

/**
 * @param {import('./sources.js').Named} a
 * @param {import('./sources.js').Named} b
 */
function byName(a, b) {
  return a.name.localeCompare(b.name, 'en');
}

/** @param {string} path */
function built(path) {
  return path.replace(/^(\/?)src\//, '$1dist/').replace(/\.ts$/, '.js');
}
