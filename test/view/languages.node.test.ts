/** Every language says everything, with the same names to fill in. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english } from '../../src/view/english.js';
import type { Messages } from '../../src/view/messages.js';

const folder = new URL('../../src/view/languages/', import.meta.url);
const tags = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
/** Words that are the same in English. */
const SAME: Readonly<Record<string, readonly string[]>> = { de: ['downloads'], pt: ['downloads'] };
const namesIn = (template: string) => [...template.matchAll(/\{\w+\}/g)].map(String).sort();

it('speaks at least eleven languages beside English, Arabic and Hebrew among them', () => {
  expect(tags.length).toBeGreaterThanOrEqual(11);
  expect(tags).toEqual(expect.arrayContaining(['ar', 'he']));
});

describe.each(tags)('%s', (tag) => {
  it('fills in the same names as English, and leaves no word English', async () => {
    const { messages } = (await import(`../../src/view/languages/${tag}.ts`)) as { messages: Messages };
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    for (const [key, template] of Object.entries(messages) as [keyof Messages, string][]) {
      expect(namesIn(template), key).toEqual(namesIn(english[key]));
    }
    const words = (template: string) => template.replaceAll(/\{\w+\}/g, '');
    const same = (Object.keys(english) as (keyof Messages)[]).filter(
      (name) => messages[name] === english[name] && /\p{L}/u.test(words(messages[name])),
    );
    expect(same).toEqual(SAME[tag] ?? []);
  });
});
