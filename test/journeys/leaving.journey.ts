/** The visitor leaves in the middle: closes the tab, reloads, or the browser dies. The download ends all the same. */
import { describe, expect } from 'vitest';
import { until, waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import type { TestServer } from '../server/server.js';
import { journey } from './journey.js';
import { fetched, page, reaches, says, whole } from './stage.js';

const MIB = 1024 * 1024;
const SIZE = 12 * MIB;
const FILE = `/files/course.bin?seed=course&size=12M&rate=2M`;

/** Comes with a third of it there. */
const it = journey.extend<{ halfway: (tab: TestPage) => Promise<void> }>({
  halfway: async ({ server }, use) => {
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js">
        <bg-fetch-button fetch-id="course" download-title="The course" src="${FILE}"></bg-fetch-button>
        <bg-fetch-list></bg-fetch-list>
      </bg-fetch-provider>`),
    );
    await use(async (tab) => {
      await reaches(tab, 'bg-fetch-button', 'idle');
      await tab.click('bg-fetch-button', 'button');
      const isPast = (size: number) => (document.querySelector('bg-fetch-button')?.record?.downloaded ?? 0) > size;
      // Chromium's own engine takes its time on a busy machine.
      await waitFor(tab, 'a third of it', isPast, [SIZE / 3]);
    });
  },
});

/** Without a click: the page is opened, and that is all. */
async function endsByItself(tab: TestPage, server: TestServer): Promise<void> {
  await reaches(tab, 'bg-fetch-button', 'done');
  await says(tab, 'bg-fetch-list', 'The course');
  await server.stop();
  expect(await fetched(tab, FILE)).toEqual(whole('course', SIZE));
}

/** What was sent in all, over the size: what was fetched twice. */
function sentTwice({ site }: TestServer): number {
  return site.log.reduce((sum, { sent }) => sum + (sent?.bytes ?? 0), 0) - SIZE;
}

// Most of it is waiting: Chromium's own engine is silent for half a minute after a page was left.
describe.concurrent.each(BROWSERS)('in %s', (name) => {
  it('is done after the tab was closed and another opened', async ({ server, start, halfway }) => {
    const browser = await start(name);
    const left = await browser.open(`${server.origin}/`);
    await halfway(left);
    await left.close();
    await endsByItself(await browser.open(`${server.origin}/`), server);
    // WebKitGTK 2.50 reads ahead what a closed tab cannot store any more.
    expect(sentTwice(server)).toBeLessThanOrEqual((name === 'webkit' ? 8 : 5) * MIB);
  });

  it('is done after a reload', async ({ server, start, halfway }) => {
    const tab = await (await start(name)).open(`${server.origin}/`);
    await halfway(tab);
    await tab.reload();
    await endsByItself(tab, server);
    expect(sentTwice(server)).toBeLessThanOrEqual(5 * MIB);
  });

  it.for([
    ['reloads', (tab: TestPage) => tab.reload()],
    [
      'ways there and back',
      (tab: TestPage, url: string, times: number) => (times % 2 ? tab.goto(`${url}?next`) : tab.evaluate(() => history.back())),
    ],
  ] as const)('is done after many %s before the server had answered', async ([, leave], { server, start, expect }) => {
    const [slow, times] = [`${FILE}&delay=1500`, 5];
    server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="in-page"></bg-fetch-provider>`));
    const tab = await (await start(name)).open(`${server.origin}/`);
    await tab.evaluate(async (url) => {
      await customElements.whenDefined('bg-fetch-provider');
      const { client } = document.querySelector('bg-fetch-provider')!;
      await client!.list();
      await client!.start('course', url);
    }, slow);
    for (let left = 1; left <= times; left++) {
      await until(`request number ${left}`, () => Promise.resolve(server.site.log.length >= left));
      await leave(tab, `${server.origin}/`, left);
    }
    const end = () => {
      const { result, failureDetail } = document.querySelector('bg-fetch-provider')?.client?.records.get('course') ?? {};
      return !!result && (failureDetail ?? result);
    };
    expect(await waitFor(tab, 'its end', end, [])).toBe('success');
    expect(await fetched(tab, slow)).toEqual(whole('course', SIZE));
  });

  // What the browser's own engine moves is in no page.
  it.runIf(name !== 'chromium')(
    'is done in the page that follows it, though it may be kept for going back',
    async ({ server, start, halfway }) => {
      const tab = await (await start(name)).open(`${server.origin}/`);
      await halfway(tab);
      await tab.evaluate(() => void Object.assign(globalThis, { wasLeft: true }));
      await tab.goto(`${server.origin}/?next`);
      await endsByItself(tab, server);
      // WebKit keeps the page that was left, and with it all that it holds.
      if (name !== 'webkit') return;
      await tab.evaluate(() => history.back());
      await waitFor(tab, 'the page that was left', () => !location.search, []);
      expect(await tab.evaluate(() => 'wasLeft' in globalThis)).toBe(true);
      await reaches(tab, 'bg-fetch-button', 'done');
    },
  );

  // A driven WebKit keeps nothing: `kill-webkit.journey.ts` kills one that nobody drives.
  it.runIf(name !== 'webkit')('is done after the browser was killed and started again', async ({ server, start, halfway }) => {
    const browser = await start(name);
    await halfway(await browser.open(`${server.origin}/`));
    await browser.kill();
    await browser.restart();
    await endsByItself(await browser.open(`${server.origin}/`), server);
  });
});
