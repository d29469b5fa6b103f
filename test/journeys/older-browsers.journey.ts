/** The oldest supported browsers (Chrome 111, Safari 16.4, Firefox 115), by removing what they lack in pages and in the worker. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, says, textOf, whole } from './stage.js';

/** By the first versions with each of them: MDN's browser-compat-data, 2026-11. */
const WITHOUT = `
  for (const [of, ...names] of [
    [URL, 'canParse', 'parse'],
    [Promise, 'withResolvers', 'try'],
    [AbortSignal, 'any'],
    [Map, 'groupBy'],
    [Object, 'groupBy'],
    [Array, 'fromAsync'],
    [String.prototype, 'isWellFormed', 'toWellFormed'],
    [Set.prototype, 'union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom', 'symmetricDifference'],
    [ArrayBuffer.prototype, 'transfer', 'resize'],
    [Uint8Array, 'fromBase64', 'fromHex'],
    [Uint8Array.prototype, 'toBase64', 'toHex'],
    [ReadableStream, 'from'],
    [ReadableStream.prototype, Symbol.asyncIterator, 'values'],
    [globalThis.Iterator?.prototype ?? {}, 'map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'],
    [globalThis, 'Iterator', 'requestIdleCallback', 'scheduler', 'navigation', 'URLPattern'],
  ])
    for (const name of names) delete of[name];
`;
const WITHOUT_IN_PAGE = `
  for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover']) delete HTMLElement.prototype[name];
  const { add } = globalThis.CustomStateSet?.prototype ?? {};
  if (add) CustomStateSet.prototype.add = function (name) {
    if (!name.startsWith('--')) throw new DOMException('no dashes', 'SyntaxError');
    return add.call(this, name);
  };
  const { supports } = CSS;
  CSS.supports = (...asked) => !/:state|:popover-open|light-dark/.test(asked.join()) && supports.apply(CSS, asked);
  var errors = [];
  addEventListener('error', ({ message }) => errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
`;
const FILE = '/files/film.bin?seed=film&size=6M&rate=1M&rates=1';

const ENGINES = BROWSERS.flatMap((name) =>
  (name === 'chromium' ? ['native', 'in-page'] : ['in-page']).map((engine) => [name, engine] as const),
);

describe.concurrent.each(ENGINES)('in %s, %s', (name, engine) => {
  journey('download, show, remove and restore', async ({ server, start, expect }) => {
    server.pages.set('/sw.js', WITHOUT + server.pages.get('/sw.js')!);
    server.pages.set(
      '/',
      `<!doctype html><script>${WITHOUT}${WITHOUT_IN_PAGE}</script>${page(`<bg-fetch-provider service-worker="/sw.js" ${engine === 'native' ? '' : 'engine="in-page"'}>
        <p><bg-fetch-indicator></bg-fetch-indicator></p>
        <bg-fetch-button fetch-id="film" src="${FILE}"></bg-fetch-button>
        <bg-fetch-progress fetch-id="film"></bg-fetch-progress><bg-fetch-status fetch-id="film"></bg-fetch-status>
        <bg-fetch-list></bg-fetch-list><bg-fetch-storage></bg-fetch-storage>
      </bg-fetch-provider>`)}`,
    );
    const tab = await (await start(name)).open(`${server.origin}/`);
    const has = (status: string) => says(tab, 'bg-fetch-list', status);
    await has('No downloads yet');
    await tab.click('bg-fetch-button', 'button');
    await waitFor(tab, 'the first bytes', () => (document.querySelector('bg-fetch-button')!.record?.downloaded ?? 0) > 0, []);
    await tab.reload();
    await has('Available offline');
    expect(await fetched(tab, FILE)).toEqual(whole('film', 6 * 1024 * 1024));
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!.engine)).toBe(engine);
    await tab.click('bg-fetch-storage', '[data-action=discard]');
    await has('Removed');
    await tab.click('bg-fetch-list', 'bg-fetch-item', '[data-action=restore]');
    await has('Available offline');
    await tab.click('bg-fetch-indicator', 'button');
    await says(tab, 'bg-fetch-indicator', 'film.bin');
    for (const element of ['bg-fetch-button', 'bg-fetch-progress', 'bg-fetch-status'])
      expect(await textOf(tab, element)).not.toContain('Error');
    expect(await tab.evaluate(() => (globalThis as unknown as { errors: string[] }).errors)).toEqual([]);
  });
});
