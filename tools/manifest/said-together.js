/** Gives what the source says once of several (`…; so are x and y.`) to each of them. */

const OTHERS = /; so are .*$/s;

/** A plugin of the analyzer. */
export function saidTogether() {
  return {
    name: 'said-together',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const { slots = [] } of declarations) {
          let shared = '';
          for (const slot of slots) {
            if (slot.description) shared = OTHERS.test(slot.description) ? slot.description.replace(OTHERS, '.') : '';
            if (shared) slot.description = shared;
          }
        }
      }
    },
  };
}
