/** The browser stops an idle worker whenever it likes; nobody may notice. */
import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { fetched, page, reaches, says, whole } from './stage.js';

// Only Chromium can be told to stop its workers.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    server = await TestServer.start();
    browser = await launch('chromium');
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  const stop = async () => {
    expect(await browser.stopServiceWorkers()).toBe(true);
  };
  const states = () => tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state);

  it.each(['native', 'in-page'])('starts, aborts, retries, serves and discards over a stopped worker (%s)', async (engine) => {
    const url = `/files/${engine}.bin?seed=s&size=4M&rate=2M`;
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
        <bg-fetch-button fetch-id="${engine}" download-title="Stopped" src="${url}"></bg-fetch-button>
        <bg-fetch-list></bg-fetch-list>
      </bg-fetch-provider>`),
    );
    tab = await browser.open(`${server.origin}/`);
    await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);

    await stop();
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');

    await stop();
    await tab.evaluate(() => document.querySelector('bg-fetch-button')?.abort());
    await reaches(tab, 'bg-fetch-button', 'aborted');

    await stop();
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
    await stop();
    await reaches(tab, 'bg-fetch-button', 'done');

    await stop();
    expect(await fetched(tab, url)).toEqual(whole('s', 4 * 1024 * 1024));

    await stop();
    await tab.evaluate(() => document.querySelector('bg-fetch-button')?.discard());
    await waitFor(tab, 'the row to offer undo', () => document.querySelector('bg-fetch-button:state(removed)') !== null, []);
    await says(tab, 'bg-fetch-button', 'Removed');
    expect(await states()).toBe('activated');
    await tab.close();
  });
});
