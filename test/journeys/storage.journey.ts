/** Space runs out, and the browser takes what was stored. Only Chromium can be told to. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { fetched, page, reaches, says, whole } from './stage.js';

const MIB = 1024 * 1024;

describe.runIf(BROWSERS.includes('chromium')).each(['native', 'in-page'])('in chromium, %s', (engine) => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    browser = await launch('chromium');
  });
  afterAll(() => browser.dispose());
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(async () => {
    await browser.limitStorage(server.origin);
    await tab.close();
    await server.stop();
  });

  async function open(url: string): Promise<void> {
    server.pages.set(
      '/',
      page(
        `<bg-fetch-provider service-worker="/sw.js" engine="${engine}"><bg-fetch-button fetch-id="file" src="${url}"></bg-fetch-button></bg-fetch-provider>`,
      ),
    );
    tab = await browser.open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
  }

  async function isThereWithoutServer(url: string): Promise<void> {
    await reaches(tab, 'bg-fetch-button', 'done');
    await server.stop();
    expect(await fetched(tab, url)).toEqual(whole('file', 12 * MIB));
  }

  it('says that the space ran out in the middle, and goes on when there is some', async () => {
    // No size is known before the start.
    const url = '/files/file.bin?seed=file&size=12M&length=none&head=refused';
    await open(url);
    await browser.limitStorage(server.origin, 8 * MIB);
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'failed');
    const record = await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record);
    expect(record).toMatchObject({ failureReason: 'quota-exceeded' });
    await says(tab, 'bg-fetch-button', 'space');
    await browser.limitStorage(server.origin);
    await tab.click('bg-fetch-button', 'button');
    await isThereWithoutServer(url);
  });

  it('finds on the next visit that the browser took the files', async () => {
    const url = '/files/file.bin?seed=file&size=12M';
    await open(url);
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    await browser.evict(server.origin, 'file_systems');
    await tab.reload();
    await reaches(tab, 'bg-fetch-button', 'evicted');
    await tab.click('bg-fetch-button', 'button');
    await isThereWithoutServer(url);
  });

  it('knows nothing any more where the browser took everything', async () => {
    await open('/files/file.bin?seed=file&size=1M');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    await browser.evict(server.origin, 'all');
    await tab.reload();
    await reaches(tab, 'bg-fetch-button', 'idle');
  });
});
