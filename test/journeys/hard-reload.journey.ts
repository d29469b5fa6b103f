/** A page that was reloaded with Shift has no worker that controls it: all but the worker's own answers works as ever. */
import { describe } from 'vitest';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, reaches, whole } from './stage.js';

const SIZE = 3 * 1024 * 1024;
const fileOf = (id: string) => `/files/${id}.bin?seed=${id}&size=3M&rate=1M`;

// The other browsers' drivers cannot reload like that.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  journey.concurrent.for(['native', 'in-page'])(
    'goes on, starts, answers and removes (%s)',
    async (engine, { server, start, expect }) => {
      const buttons = ['first', 'second'].map(
        (id) => `<bg-fetch-button fetch-id="${id}" id="${id}" src="${fileOf(id)}"></bg-fetch-button>`,
      );
      server.pages.set(
        '/',
        page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">${buttons.join('')}</bg-fetch-provider>`),
      );
      const browser = await start('chromium');
      const tab = await browser.open(`${server.origin}/`);
      const isControlled = () => tab.evaluate(() => navigator.serviceWorker.controller !== null);
      /** What the client says is stored under an address. */
      const matched = (url: string) =>
        tab.evaluate(async (address) => {
          const { client } = document.querySelector('bg-fetch-provider')!;
          return (await (await client!.match(address))?.blob())?.size;
        }, url);

      await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
      await reaches(tab, '#first', 'idle');
      await tab.click('#first', 'button');
      await reaches(tab, '#first', 'downloading');

      await tab.reload({ hard: true });
      await reaches(tab, '#first', 'done');
      await tab.click('#second', 'button');
      await reaches(tab, '#second', 'done');
      expect(await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.records.get('second')!.engine)).toBe(
        engine,
      );
      // Under the pointer it could be restored for as long as the pointer rests there.
      await tab.click('#first', '[aria-haspopup=menu]');
      await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.discard('second'));
      await waitFor(
        tab,
        'the second to go',
        () => !document.querySelector('bg-fetch-provider')!.client!.records.get('second'),
        [],
      );
      expect(await isControlled()).toBe(false);

      const isLoaded = () => performance.getEntriesByType('resource').some(({ name }) => name.includes('/acting-'));
      await waitFor(tab, 'what answers for the worker', isLoaded, []);
      await server.stop();
      expect(await matched(fileOf('first'))).toBe(SIZE);
      expect(await matched(fileOf('second'))).toBeUndefined();
      await server.start();
      await tab.reload();
      expect(await isControlled()).toBe(true);
      await server.stop();
      expect(await fetched(tab, fileOf('first'))).toEqual(whole('first', SIZE));
    },
  );
});
