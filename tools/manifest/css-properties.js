/** Lists the custom properties a stylesheet may set, with the defaults they have where they are read. */
import { withParts } from './sources.js';

/** What each is for; one that is read and not named here, or the reverse, fails the build. */
const MEANING = {
  '--bg-fetch-accent': 'Colour of progress, of the main action and of focus.',
  '--bg-fetch-on-accent': 'Colour of words on the accent.',
  '--bg-fetch-success': 'Colour of what is stored.',
  '--bg-fetch-warning': 'Colour of what waits or stands still.',
  '--bg-fetch-danger': 'Colour of what failed.',
  '--bg-fetch-text': 'Colour of words.',
  '--bg-fetch-muted': 'Colour of details.',
  '--bg-fetch-track': 'Colour of a bar where nothing is yet.',
  '--bg-fetch-border': 'Colour of lines.',
  '--bg-fetch-surface': 'Background of panels, menus and popovers.',
  '--bg-fetch-radius': 'Radius of corners.',
  '--bg-fetch-bar-size': 'Thickness of a bar.',
};

/** A plugin of the analyzer. */
export function cssProperties() {
  return {
    name: 'css-properties',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      const unread = new Set(Object.keys(MEANING));
      for (const { path, declarations = [] } of customElementsManifest.modules) {
        for (const declaration of declarations.filter(({ tagName }) => tagName)) {
          const read = new Map(withParts(path).flatMap(({ text }) => propertiesIn(text)));
          if (read.size > 0) declaration.cssProperties = [...read].map(([name, fallback]) => described(name, fallback));
          for (const name of read.keys()) unread.delete(name);
        }
      }
      if (unread.size > 0) throw new Error(`No element reads ${[...unread].join(', ')}.`);
    },
  };
}

/**
 * @param {string} name
 * @param {string} fallback
 */
function described(name, fallback) {
  const description = /** @type {Record<string, string>} */ (MEANING)[name];
  if (description === undefined) throw new Error(`${name} is read by an element, and nothing says what it is for.`);
  return { name, default: fallback, description };
}

/**
 * @param {string} text
 * @returns {[name: string, fallback: string][]}
 */
function propertiesIn(text) {
  return [...text.matchAll(/var\((--bg-fetch-[\w-]+),\s*/g)].map(({ 0: start, 1: name = '', index }) => {
    const from = index + start.length;
    return [name, text.slice(from, endOf(text, from)).trim()];
  });
}

/**
 * Where the bracket that was open at `from` closes.
 * @param {string} text
 * @param {number} from
 */
function endOf(text, from) {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') open++;
    if (text[at] === ')' && --open === 0) return at;
  }
  return text.length;
}
