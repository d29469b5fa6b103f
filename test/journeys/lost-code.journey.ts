/** What the kit loads on demand cannot be had when a page is opened: what was begun goes on once it can. */
import { describe } from 'vitest';
import { until, waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, whole } from './stage.js';

const SIZE = 6 * 1024 * 1024;
/** The first answer is slow enough that no reload comes too late. */
const FILE = '/files/long.bin?seed=long&size=6M&rate=500k&rates=1';

// Firefox does not ask again for a module that it could not have, until the page is loaded anew (seen in 153).
describe.concurrent.each(BROWSERS.filter((name) => name !== 'firefox'))('in %s', (name) => {
  journey.for([
    ['acts', /\/acting-/],
    ['moves bytes', /\/in-page-/],
  ] as const)('goes on without what %s', async ([, lost], { server, start, expect }) => {
    server.pages.set(
      '/',
      page(
        `<bg-fetch-provider service-worker="/sw.js" engine="in-page"><bg-fetch-status fetch-id="long"></bg-fetch-status></bg-fetch-provider>`,
      ),
    );
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(async (url) => {
      await customElements.whenDefined('bg-fetch-provider');
      const { client } = document.querySelector('bg-fetch-provider')!;
      await client!.list();
      await client!.start('long', url);
    }, FILE);
    server.lost = lost;
    await tab.reload();
    // Once more after half a second is what every request gets.
    await until('it to be missed', () => Promise.resolve(server.missed > 1));
    server.lost = undefined;
    await waitFor(
      tab,
      'its end',
      () => document.querySelector('bg-fetch-provider')?.client?.records.get('long')?.status === 'done',
      [],
    );
    expect(await fetched(tab, FILE)).toEqual(whole('long', SIZE));
  });
});
