/** The visitor leaves in the middle: closes the tab, reloads, or the browser dies. The download ends all the same. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { fetched, page, reaches, says, whole } from './stage.js';

const MIB = 1024 * 1024;
const SIZE = 12 * MIB;
const FILE = `/files/course.bin?seed=course&size=12M&rate=2M`;

describe.each(BROWSERS)('in %s', (name) => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeEach(async () => {
    server = await TestServer.start();
    browser = await launch(name);
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js">
        <bg-fetch-button fetch-id="course" download-title="The course" src="${FILE}"></bg-fetch-button>
        <bg-fetch-list></bg-fetch-list>
      </bg-fetch-provider>`),
    );
    tab = await browser.open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    const isPast = (size: number) => (document.querySelector('bg-fetch-button')?.record?.downloaded ?? 0) > size;
    // Chromium's own engine takes its time on a busy machine.
    await waitFor(tab, 'a third of it', isPast, [SIZE / 3]);
  });
  afterEach(async () => {
    await browser.dispose();
    await server.stop();
  });

  /** Without a click: the page is opened, and that is all. */
  async function endsByItself(): Promise<void> {
    await reaches(tab, 'bg-fetch-button', 'done');
    await says(tab, 'bg-fetch-list', 'The course');
    await server.stop();
    expect(await fetched(tab, FILE)).toEqual(whole('course', SIZE));
  }

  /** What was sent in all, over the size: what was fetched twice. */
  function sentTwice(): number {
    return server.site.log.reduce((sum, { sent }) => sum + (sent?.bytes ?? 0), 0) - SIZE;
  }

  it('is done after the tab was closed and another opened', async () => {
    await tab.close();
    tab = await browser.open(`${server.origin}/`);
    await endsByItself();
    expect(sentTwice()).toBeLessThanOrEqual(5 * MIB);
  });

  it('is done after a reload', async () => {
    await tab.reload();
    await endsByItself();
    expect(sentTwice()).toBeLessThanOrEqual(5 * MIB);
  });

  // What the browser's own engine moves is in no page.
  it.runIf(name !== 'chromium')('is done in the page that follows it, though it may be kept for going back', async () => {
    await tab.evaluate(() => void Object.assign(globalThis, { wasLeft: true }));
    await tab.goto(`${server.origin}/?next`);
    await endsByItself();
    // WebKit keeps the page that was left, and with it all that it holds.
    if (name !== 'webkit') return;
    await tab.evaluate(() => history.back());
    await waitFor(tab, 'the page that was left', () => !location.search, []);
    expect(await tab.evaluate(() => 'wasLeft' in globalThis)).toBe(true);
    await reaches(tab, 'bg-fetch-button', 'done');
  });

  // A driven WebKit keeps nothing: `kill-webkit.journey.ts` kills one that nobody drives.
  it.runIf(name !== 'webkit')('is done after the browser was killed and started again', async () => {
    await browser.kill();
    await browser.restart();
    tab = await browser.open(`${server.origin}/`);
    await endsByItself();
  });
});
