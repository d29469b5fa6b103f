/** The files for a script tag say the same as the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bundle } from '../../tools/bundle.js';

it('keeps the signs in the styles of the elements', async () => {
  const folder = '.cache/test-bundle';
  await bundle({ item: 'src/elements/bg-fetch-item.ts' }, folder);
  const text = readdirSync(`${folder}/chunks`)
    .map((name) => readFileSync(`${folder}/chunks/${name}`, 'utf8'))
    .join('');
  expect(text.match(/content:"[^"]+"/g)).toContain('content:"·"');
});
