/** A visitor cancels a download in the browser's own interface while no page of the site is open, by the keyboard. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../browsers/browser.js';
import { openVirtualDisplay, type Display } from '../browsers/display.js';
import { Keyboard } from '../browsers/keyboard.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { page, reaches } from './stage.js';

const FILE = '/files/long.bin?size=50M&rate=500k';

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

  /** From the toolbar's end to the downloads, then past the list's head, the row and its pause to the row's cancel. */
  async function cancel(): Promise<void> {
    await keyboard.press('Escape');
    await keyboard.press('Alt', 'Shift', 'T');
    for (const key of ['End', 'Left', 'Left', 'Return', 'Tab', 'Tab', 'Tab', 'Return'] as const) await keyboard.press(key);
  }

  it('says on the next visit that it was cancelled', async () => {
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js">
        <bg-fetch-button fetch-id="long" download-title="The film" src="${FILE}"></bg-fetch-button>
      </bg-fetch-provider>`),
    );
    const tab = await browser.open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
    await tab.goto('about:blank');

    const isMoving = () => server.site.log.some(({ method, url, sent }) => method === 'GET' && url === FILE && !sent);
    expect(isMoving()).toBe(true);
    for (const until = Date.now() + 90_000; isMoving() && Date.now() < until;) await cancel();
    expect(isMoving()).toBe(false);

    await tab.goto(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'aborted');
    expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record)).toMatchObject({
      result: 'failure',
      failureReason: 'aborted',
      engine: 'native',
    });
  });
});
