/** The browser is killed in the middle of an in-page download, again and again: the next visit goes on by itself, to the very bytes. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { waitFor, type TestBrowser } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { fetched, page, whole } from './stage.js';

const MIB = 1024 * 1024;
/** `KILLS=10 KILL_SIZE=200` is the long run. */
const KILLS = Number(process.env.KILLS ?? 3);
const SIZE = Number(process.env.KILL_SIZE ?? 60) * MIB;
/** Slow enough that no kill comes too late. */
const RATE = Math.round(SIZE / (4 * KILLS + 8));
const PATH = '/files/killed.bin';
const URL_OF_FILE = `${PATH}?seed=killed&size=${SIZE}&rate=${RATE}`;
/** What a kill may cost at most. */
const REFETCHED = 4 * MIB;

describe.concurrent.each(BROWSERS.filter((name) => name !== 'webkit'))('in %s', (name) => {
  let server: TestServer;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set(
      '/',
      page('<bg-fetch-provider service-worker="/sw.js" engine="in-page"><bg-fetch-list></bg-fetch-list></bg-fetch-provider>'),
    );
    browser = await launch(name);
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  it('completes by itself', { timeout: 120_000 + KILLS * 60_000 }, async ({ expect }) => {
    let tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(async (url) => {
      const { client } = document.querySelector('bg-fetch-provider')!;
      await client!.list();
      await client!.start('killed', url, { title: 'Killed' });
    }, URL_OF_FILE);
    const costs: number[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const mark = (SIZE * (kill - Math.random() * 0.8)) / (KILLS + 1);
      const had = await waitFor(
        tab,
        `${mark} bytes`,
        (enough) => {
          const downloaded = document.querySelector('bg-fetch-provider')!.client?.records.get('killed')?.downloaded ?? 0;
          return downloaded >= enough && downloaded;
        },
        [mark],
      );
      const asked = server.site.log.length;
      await browser.kill();
      await browser.restart();
      tab = await browser.open(`${server.origin}/`);
      const state = async () =>
        server.site.log.length > asked
          ? 'asked'
          : tab.evaluate(() => {
              const record = document.querySelector('bg-fetch-provider')!.client?.records.get('killed');
              return record ? `${record.status} ${record.waitingFor ?? record.failureDetail ?? ''}` : 'unknown';
            });
      await expect.poll(state, { timeout: 90_000 }).toMatch(/^(asked|done )$/);
      // On a busy machine the last kill may come after the last byte.
      if (server.site.log.length === asked) break;
      const from = Number(/^bytes=(\d+)-$/.exec(server.site.log[asked]?.headers.range ?? '')?.[1] ?? 0);
      costs.push(had - from);
    }
    await waitFor(
      tab,
      'the download to be done',
      () => document.querySelector('bg-fetch-provider')!.client?.records.get('killed')?.status === 'done',
      [],
    );
    expect(await fetched(tab, URL_OF_FILE)).toEqual(whole('killed', SIZE));
    expect(costs.length).toBeGreaterThan(0);
    expect(Math.max(...costs)).toBeLessThanOrEqual(REFETCHED);
  });
});
