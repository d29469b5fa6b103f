/** The files for a script tag say the same as the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('keeps the signs in the styles of the elements', () => {
  const folder = new URL('../../dist/cdn/chunks/', import.meta.url);
  const text = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('');
  expect(text.match(/content:"[^"]+"/g)).toContain('content:"·"');
});
