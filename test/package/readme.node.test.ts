/** The README and the pages about styling and events name all there is. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readModel } from '../../tools/typings/model.js';

const { elements, events } = readModel('custom-elements.json');
const readme = readFileSync('README.md', 'utf8');
const names = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name);

it('shows a picture, the tag and the two commands in its first thirty lines', () => {
  const first = readme.split('\n').slice(0, 30).join('\n');
  for (const each of ['<picture>', '<bg-fetch-button', 'npm start', 'npm test']) expect(first).toContain(each);
});

it.each(elements)('has a row for $tagName with all its attributes', ({ tagName, attributes }) => {
  const row = readme.split('\n').find((line) => line.startsWith(`| \`${tagName}\``)) ?? '';
  expect(names(attributes).filter((name) => !row.includes(`\`${name}\``))).toEqual([]);
});

it.each([
  ['README.md', [...events.keys()]],
  ['stories/docs/events-and-client.mdx', [...events.keys()]],
  ['stories/docs/theming.mdx', [...new Set(elements.flatMap(({ cssProperties }) => names(cssProperties)))]],
])('%s names all of its kind', (path, all) => {
  const text = readFileSync(path, 'utf8');
  expect(all.filter((name) => !text.includes(name))).toEqual([]);
});

it('docs/field-cases.md names tests that exist', () => {
  const folders = { J: 'journeys', E: 'engine/in-page', M: 'manager', C: 'client', L: 'elements' } as const;
  const named = readFileSync('docs/field-cases.md', 'utf8').matchAll(/\b([JEMCL]) ([\w.-]+)(?=[, ]|$)/gm);
  const paths = [...named].map(
    ([, folder, name]) => `test/${folders[folder as keyof typeof folders]}/${name}.${folder === 'J' ? 'journey' : 'test'}.ts`,
  );
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
