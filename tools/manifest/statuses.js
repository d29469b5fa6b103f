/** Writes out what the source says once for every status: an element with a slot or a state `idle` has one for each. */
import { source } from './sources.js';

/** A plugin of the analyzer. */
export function eachStatus() {
  const [, union = ''] = /export type FetchStatus =([^;]+);/.exec(source('src/manager/record.ts').text) ?? [];
  const statuses = [...union.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
  return {
    name: 'each-status',
    /** @param {import('./sources.js').Linking} linking */
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const { slots, cssStates } of declarations) {
          writeOut(slots, statuses, (status) => `Words while the status is \`${status}\`.`);
          writeOut(cssStates, statuses, (status) => `The status is \`${status}\`.`);
        }
      }
    },
  };
}

/**
 * @param {import('./sources.js').Named[] | undefined} list
 * @param {string[]} statuses
 * @param {(status: string) => string} describe
 */
function writeOut(list, statuses, describe) {
  const idle = list?.find(({ name }) => name === 'idle');
  if (!list || !idle) return;
  idle.description = idle.description?.replace(/([.;]) [Ee]ach other status.*$/s, '.') ?? '';
  for (const name of statuses) {
    if (!list.some((each) => each.name === name)) list.push({ name, description: describe(name) });
  }
}
