/** A visitor cancels or clicks a download in the browser's own interface while no page of the site is open, by the keyboard. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { openVirtualDisplay, type Display } from '../browsers/display.js';
import { Keyboard, type Key } from '../browsers/keyboard.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { page, reaches } from './stage.js';

const FILE = '/files/long.bin?size=200M&rate=500k';
/** Asked for by the page as often as it is opened. */
const SHOWN = '/files/shown.bin?size=1';

// Where WebKitGTK can be shown, so can Chromium.
describe.runIf(BROWSERS.includes('chromium') && BROWSERS.includes('webkit'))('in chromium', () => {
  let server: TestServer;
  let display: Display;
  let browser: TestBrowser;
  let keyboard: Keyboard;

  beforeEach(async () => {
    server = await TestServer.start();
    display = await openVirtualDisplay();
    browser = await launch('chromium', { display: display.name });
    keyboard = await Keyboard.of(display.name);
  });
  afterEach(async () => {
    keyboard.close();
    await browser.dispose();
    display.close();
    await server.stop();
  });

  /**
   * From the toolbar's end to the downloads, then from the list's head; again while it is of no effect, each time slower, because a
   * busy browser loses keys, and one that is lost may open something else.
   */
  async function inDownloads(tab: TestPage, hasNoEffect: () => boolean, ...keys: Key[]): Promise<void> {
    for (const until = Date.now() + 150_000; hasNoEffect() && Date.now() < until; keyboard.pause *= 1.4) {
      await tab.toFront();
      await keyboard.press('Escape');
      await keyboard.press('Alt', 'Shift', 'T');
      for (const key of ['End', 'Left', 'Left', 'Return', ...keys] as const) await keyboard.press(key);
    }
  }

  /** Begins a download and leaves the site. */
  async function beginAndLeave(): Promise<TestPage> {
    server.pages.set(
      '/',
      page(`<img src="${SHOWN}" alt=""><bg-fetch-provider service-worker="/sw.js">
        <bg-fetch-button fetch-id="long" download-title="The film" src="${FILE}"></bg-fetch-button>
      </bg-fetch-provider>`),
    );
    const tab = await browser.open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
    await tab.goto('about:blank');
    return tab;
  }

  it('says on the next visit that it was cancelled', async () => {
    const tab = await beginAndLeave();
    const isMoving = () => server.site.log.some(({ method, url, sent }) => method === 'GET' && url === FILE && !sent);
    expect(isMoving()).toBe(true);
    // Past the row and its pause to its cancel.
    await inDownloads(tab, isMoving, 'Tab', 'Tab', 'Tab', 'Return');
    expect(isMoving()).toBe(false);

    await tab.goto(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'aborted');
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record)).toMatchObject({
      result: 'failure',
      failureReason: 'aborted',
      engine: 'native',
    });
  });

  it('opens the page again at a click', async () => {
    const tab = await beginAndLeave();
    const timesShown = () => server.site.log.filter(({ url }) => url === SHOWN).length;
    expect(timesShown()).toBe(1);
    await inDownloads(tab, () => timesShown() === 1, 'Tab', 'Return');
    expect(timesShown()).toBe(2);
  });
});
