/** The source as the manifest's plugins read it, and the part of the manifest they touch. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {{ text: string }} Type
 * @typedef {{ name: string, description?: string, type?: Type }} Named
 * @typedef {Named & { kind: string, static?: boolean, privacy?: string, readonly?: boolean, attribute?: string, reflects?: boolean,
 *   parameters?: (Named & { optional?: boolean })[], return?: { type?: Type }, inheritedFrom?: unknown }} Member
 * @typedef {Named & { fieldName?: string, default?: string, inheritedFrom?: unknown }} Attribute
 * @typedef {{ kind: string, name: string, description?: string, tagName?: string, customElement?: boolean, superclass?: object,
 *   members?: Member[], attributes?: Attribute[], events?: Named[], slots?: Named[], cssParts?: Named[], cssStates?: Named[],
 *   cssProperties?: (Named & { default?: string })[] }} Declaration
 * @typedef {{ kind: string, name: string, declaration: { name: string, module?: string } }} Export
 * @typedef {{ path: string, declarations?: Declaration[], exports?: Export[] }} Module
 * @typedef {{ customElementsManifest: { schemaVersion: string, modules: Module[] } }} Linking
 */

/**
 * @param {string} folder
 * @returns {{ path: string, text: string }[]}
 */
export function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => source(join(folder, name)));
}

/** @param {string} path */
export function source(path) {
  return { path, text: readFileSync(path, 'utf8') };
}

/** At once or on demand. */
const RELATIVE_IMPORT = /(?:^import (?!type )[^;]*? from |\bimport\()'(\.\/[^']+)\.js'/gms;

/**
 * A file and those beside or below it that it imports values from, and so on.
 * @param {string} path
 * @param {Set<string>} seen
 * @returns {{ path: string, text: string }[]}
 */
export function withParts(path, seen = new Set()) {
  if (seen.has(path)) return [];
  seen.add(path);
  const { text } = source(path);
  const parts = [...text.matchAll(RELATIVE_IMPORT)].map(([, name = '']) => join(dirname(path), `${name}.ts`));
  return [{ path, text }, ...parts.flatMap((part) => withParts(part, seen))];
}
