/** What each framework's own type checker says of the tags: the right use is right, the wrong one is refused (`types.*`). */
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { runIn, type Outcome } from './kitchen.js';

const CLEAN: Outcome = { code: 0, said: '' };

it('the DOM of TypeScript knows the tags and the events', async () => {
  expect(await runIn('plain', 'typescript/bin/tsc', '-p', '.')).toEqual(CLEAN);
});

it.each(['react', 'preact', 'solid'])('the JSX of %s knows the tags, their attributes, properties and events', async (name) => {
  expect(await runIn(name, 'typescript/bin/tsc', '-p', '.')).toEqual(CLEAN);
});

it('the templates of Vue know them', async () => {
  expect(await runIn('vue', 'vue-tsc/bin/vue-tsc.js', '-p', '.')).toEqual(CLEAN);
});

it('the markup of Svelte knows them', async () => {
  const { code, said } = await runIn(
    'svelte',
    'svelte-check/bin/svelte-check',
    '--tsconfig',
    './tsconfig.json',
    '--output',
    'machine',
  );
  expect(said).toContain(' 0 ERRORS 0 WARNINGS');
  expect(code).toBe(0);
});

it('the templates of Angular know the tags, their attributes, properties and events, and refuse the rest', async () => {
  const { said } = await runIn('angular', '@angular/compiler-cli/bundles/src/bin/ngc.js', '-p', 'tsconfig.wrong.json');
  expect(
    stripVTControlCharacters(said)
      .match(/(?:TS|NG)\d+: .+/g)
      ?.sort(),
  ).toEqual([
    "NG8001: 'bg-fetch-nothing' is not a known element:",
    "NG8002: Can't bind to 'nothing' since it isn't a known property of 'bg-fetch-button'.",
    "TS2322: Type '\"half\"' is not assignable to type 'number | `${number}` | undefined'.",
    'TS2322: Type \'"square"\' is not assignable to type \'"bar" | "ring" | undefined\'.',
    "TS2322: Type '\"two\"' is not assignable to type 'number | `${number}` | undefined'.",
    "TS2322: Type 'number' is not assignable to type 'readonly (RequestInfo | URL)[]'.",
    "TS2339: Property 'nothing' does not exist on type 'BgFetchButtonElement'.",
    "TS2345: Argument of type 'BgFetchFailEvent' is not assignable to parameter of type 'number'.",
  ]);
});
