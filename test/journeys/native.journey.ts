/** What the browser's own engine does and does not say, and what a visitor sees all the same. */
import { describe, expect } from 'vitest';
import type { BackgroundFetchManager } from '../../src/index.js';
import { until, waitFor, type LaunchOptions, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, page, reaches, whole } from './stage.js';

const MIB = 1024 * 1024;

/** Opens a page with these tags in a provider. */
const it = journey.extend<{ open: (tags: string, how?: LaunchOptions & { attributes?: string }) => Promise<Opened> }>({
  open: async ({ server, start }, use) => {
    await use(async (tags, { attributes = '', ...options } = {}) => {
      server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" ${attributes}>${tags}</bg-fetch-provider>`));
      const browser = await start('chromium', options);
      const tab = await browser.open(`${server.origin}/`);
      await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
      return { browser, tab };
    });
  },
});

interface Opened {
  readonly browser: TestBrowser;
  readonly tab: TestPage;
}

const button = (id: string, url: string) => `<bg-fetch-button fetch-id="${id}" src="${url}"></bg-fetch-button>`;
const downloaded = (tab: TestPage) => tab.evaluate(() => document.querySelector('bg-fetch-button')!.record?.downloaded ?? 0);

// Only Chromium has it. Most of this is waiting.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', { concurrent: true }, () => {
  it.for(['close', 'kill'] as const)(
    'goes on without a click after the browser’s %s, and shows no less than before',
    async (leave, { server, open }) => {
      const url = '/files/half.bin?seed=half&size=24M&rate=2M';
      const { browser, tab } = await open(button('half', url));
      await tab.click('bg-fetch-button', 'button');
      await until('a third of it', async () => (await downloaded(tab)) > 8 * MIB);
      await browser[leave]();
      await browser.restart();
      const next = await browser.open(`${server.origin}/`);
      await waitFor(next, 'the download', () => document.querySelector('bg-fetch-button')!.record !== undefined, []);
      expect(await downloaded(next)).toBeGreaterThan(2 * MIB);
      await reaches(next, 'bg-fetch-button', 'done');
      expect(await fetched(next, url)).toEqual(whole('half', 24 * MIB));
    },
  );

  it('starts fifty downloads at one go: what the browser would refuse runs in the page', async ({ open }) => {
    const urlOf = (i: number) => `/files/many-${i}.bin?seed=many-${i}&size=20k`;
    const { tab } = await open('', { automaticDownloads: false });
    const engines = await tab.evaluate(
      async (urls) => {
        const { client } = document.querySelector('bg-fetch-provider')!;
        const started = await Promise.all(urls.map((url, i) => client!.start(`many-${i}`, url)));
        return started.map((record) => record.engine);
      },
      Array.from({ length: 50 }, (_none, i) => urlOf(i)),
    );
    expect(engines.filter((name) => name === 'native')).toHaveLength(1);
    await waitFor(
      tab,
      'fifty downloads to be done',
      () => {
        const { records } = document.querySelector('bg-fetch-provider')!.client!;
        return records.values().filter(({ status }) => status === 'done').length === 50;
      },
      [],
    );
    expect(await fetched(tab, urlOf(49))).toEqual(whole('many-49', 20 * 1024));
  });

  it('says what each start waits for where a site will have no other engine', async ({ open }) => {
    const urlOf = (i: number) => `/files/wait-${i}.bin?seed=wait-${i}&size=4M&rate=1M`;
    const { tab } = await open('', { automaticDownloads: false, attributes: 'engine="native"' });
    await tab.evaluate((urls) => {
      const { client } = document.querySelector('bg-fetch-provider')!;
      for (const [i, url] of urls.entries()) void client!.start(`wait-${i}`, url);
    }, [0, 1].map(urlOf));
    const second = await waitFor(
      tab,
      'the second to wait',
      () => {
        const record = document.querySelector('bg-fetch-provider')!.client!.records.get('wait-1');
        return record?.status === 'waiting' && record;
      },
      [],
    );
    expect(second.waitingFor).toBe('click');
    await tab.click('body');
    await waitFor(
      tab,
      'both to be done',
      () =>
        document
          .querySelector('bg-fetch-provider')!
          .client!.records.values()
          .filter(({ status }) => status === 'done').length === 2,
      [],
    );
  });

  it('runs five of a site at a time, and says of the sixth that it waits for its turn', async ({ open }) => {
    // The browser moves one at a time: while the first hangs, none of them ends.
    const urlOf = (i: number) => `/files/six-${i}.bin?size=300k${i === 1 ? '&stall=100k' : ''}`;
    const { tab } = await open('', { attributes: 'engine="native"' });
    for (const i of [1, 2, 3, 4, 5]) {
      await tab.click('body');
      await tab.evaluate((url, id) => document.querySelector('bg-fetch-provider')!.client!.start(id, url), urlOf(i), `six-${i}`);
    }
    await tab.click('body');
    await tab.evaluate((url) => void document.querySelector('bg-fetch-provider')!.client!.start('six-6', url), urlOf(6));
    const sixth = await waitFor(
      tab,
      'the sixth to wait',
      () => {
        const record = document.querySelector('bg-fetch-provider')!.client!.records.get('six-6');
        return record?.waitingFor && record;
      },
      [],
    );
    expect(sixth).toMatchObject({ status: 'queued', waitingFor: 'turn' });
    await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.abort('six-1'));
    await waitFor(
      tab,
      'the other five to be done',
      () => {
        const { records } = document.querySelector('bg-fetch-provider')!.client!;
        return records.values().filter(({ status }) => status === 'done').length === 5;
      },
      [],
    );
  });

  it('knows on the next visit that it was ended while no page of the kit was open, as in the browser’s own interface', async ({
    server,
    open,
  }) => {
    const { tab } = await open(button('long', '/files/long.bin?size=50M&rate=1M'));
    server.pages.set('/elsewhere', '<!doctype html>');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
    await tab.goto(`${server.origin}/elsewhere`);
    const aborted = await tab.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const { backgroundFetch } = registration as unknown as { backgroundFetch: BackgroundFetchManager };
      return (await backgroundFetch.get('long'))?.abort();
    });
    expect(aborted).toBe(true);
    await tab.goto(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'aborted');
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record)).toMatchObject({
      result: 'failure',
      failureReason: 'aborted',
      engine: 'native',
    });
  });

  it('goes on in the page when it is told to, where the browser does not get on', async ({ open }) => {
    const url = '/files/stuck.bin?seed=stuck&size=6M&stall=2M&cuts=1';
    const { tab } = await open(button('stuck', url));
    await tab.click('bg-fetch-button', 'button');
    await until('a part of it', async () => (await downloaded(tab)) > 0);
    const { engine } = await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.moveInPage('stuck'));
    expect(engine).toBe('in-page');
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await fetched(tab, url)).toEqual(whole('stuck', 6 * MIB));
  });

  it('goes on in the page when the worker was unregistered in the middle', async ({ open }) => {
    const url = '/files/left.bin?seed=left&size=6M&rate=500k';
    const { tab } = await open(button('left', url));
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record?.engine)).toBe('native');
    await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
    await tab.reload();
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await fetched(tab, url)).toEqual(whole('left', 6 * MIB));
  });
});
