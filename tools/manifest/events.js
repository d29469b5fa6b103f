/** Finds which events an element fires: those whose classes it, or a part of it, makes. */
import { source, withParts } from './sources.js';

const EVENTS = 'src/elements/events.ts';
const CLASS = /\/\*\* (.+?) \*\/\nexport class (\w+) extends BgFetchEvent \{\s*static readonly eventName = '([\w-]+)'/g;

/** A plugin of the analyzer. */
export function eventsFired() {
  const known = [...source(EVENTS).text.matchAll(CLASS)].map(([, description = '', type = '', name = '']) => ({
    name,
    type: { text: type },
    description,
  }));
  return {
    name: 'events-fired',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      for (const { path, declarations = [] } of customElementsManifest.modules) {
        for (const declaration of declarations) {
          if (declaration.kind !== 'class' || path === EVENTS) continue;
          const made = withParts(path)
            .filter((part) => part.path !== EVENTS)
            .flatMap(({ text }) => known.filter(({ type }) => text.includes(`new ${type.text}(`)));
          for (const event of made) add((declaration.events ??= []), event);
        }
      }
    },
  };
}

/**
 * @param {import('./sources.js').Named[]} events
 * @param {import('./sources.js').Named} event
 */
function add(events, event) {
  // What the element's own words say of it comes first.
  if (!events.some(({ name }) => name === event.name)) events.push({ ...event });
}
