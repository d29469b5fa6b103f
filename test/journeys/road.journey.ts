/** The whole road, from a tag in a page to a file that is there without its server. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { bytesOf } from '../server/content.js';
import { TestServer } from '../server/server.js';
import { fetched, fetchedRange, heardIn, page, reaches, says, whole } from './stage.js';

const MIB = 1024 * 1024;

describe.each(BROWSERS)('in %s', (name) => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    browser = await launch(name);
  });
  afterAll(() => browser.dispose());
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(async () => {
    await tab.close();
    await server.stop();
  });

  async function open(body: string): Promise<void> {
    server.pages.set('/', page(body));
    tab = await browser.open(`${server.origin}/`);
  }

  const withWorker = (tags: string) =>
    `<bg-fetch-provider service-worker="/sw.js">${tags}<bg-fetch-list></bg-fetch-list></bg-fetch-provider>`;

  it('downloads on a click, shows how far it is, and has the file when the server is gone', async () => {
    const url = '/files/film.bin?seed=film&size=9M&rate=2M';
    await open(withWorker(`<bg-fetch-button fetch-id="film" download-title="The film" src="${url}"></bg-fetch-button>`));
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');

    const engine = await tab.evaluate(() => document.querySelector('bg-fetch-button')?.record?.engine);
    expect(engine).toBe(name === 'chromium' ? 'native' : 'in-page');
    const seen = (await heardIn(tab)).filter(({ type }) => type === 'progress').map(({ downloaded }) => downloaded ?? 0);
    expect(new Set(seen.filter((bytes) => bytes > 0 && bytes < 9 * MIB)).size).toBeGreaterThanOrEqual(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await says(tab, 'bg-fetch-list', 'The film');

    await server.stop();
    expect(await fetched(tab, url)).toEqual(whole('film', 9 * MIB));
    const start = 5 * MIB - 10;
    expect(await fetchedRange(tab, url, start, start + 99)).toEqual({
      status: 206,
      range: `bytes ${start}-${start + 99}/${9 * MIB}`,
      bytes: [...bytesOf('film', start, start + 100)],
    });

    await server.start();
    await tab.reload();
    await reaches(tab, 'bg-fetch-button', 'done');
    await says(tab, 'bg-fetch-list', 'The film');
    await server.stop();
    expect(await fetched(tab, url)).toEqual(whole('film', 9 * MIB));
  });

  it('aborts mid-way and says so', async () => {
    await open(withWorker(`<bg-fetch-button fetch-id="long" src="/files/long.bin?size=50M&rate=1M"></bg-fetch-button>`));
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
    await tab.evaluate(() => document.querySelector('bg-fetch-button')?.abort());
    await reaches(tab, 'bg-fetch-button', 'aborted');
    const record = await tab.evaluate(() => document.querySelector('bg-fetch-button')?.record);
    expect(record).toMatchObject({ result: 'failure', failureReason: 'aborted' });
    expect((await heardIn(tab)).map(({ type }) => type)).toContain('abort');
    await says(tab, 'bg-fetch-list', 'Cancelled');
  });

  it('says that a file is not on the server', async () => {
    await open(withWorker(`<bg-fetch-button fetch-id="gone" src="/files/gone.bin?status=404"></bg-fetch-button>`));
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'failed');
    const record = await tab.evaluate(() => document.querySelector('bg-fetch-button')?.record);
    expect(record).toMatchObject({ result: 'failure', failureReason: 'bad-status' });
    await says(tab, 'bg-fetch-button', 'Not found on the server');
  });

  it('answers an empty id in words, and the tab lives on', async () => {
    await open(withWorker(`<bg-fetch-button fetch-id="" src="/files/a.bin"></bg-fetch-button>`));
    await reaches(tab, 'bg-fetch-button', 'idle');
    await says(tab, 'bg-fetch-button', 'id is empty');
    const refusal = await tab.evaluate(() => {
      const { client } = document.querySelector('bg-fetch-provider') ?? {};
      return client?.start('', '/files/a.bin').catch((error: unknown) => `${(error as Error).name}: ${(error as Error).message}`);
    });
    expect(refusal).toMatch(/^TypeError: Failed to start background fetch "":/);
    const link = await tab.evaluate(() => document.querySelector('bg-fetch-button')?.shadowRoot?.querySelector('a')?.href);
    expect(link).toBe(`${server.origin}/files/a.bin`);
    expect(server.site.log.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it('downloads with no service worker at all', async () => {
    const url = '/files/alone.bin?seed=alone&size=3M';
    await open(`<bg-fetch-button fetch-id="alone" src="${url}"></bg-fetch-button><bg-fetch-list></bg-fetch-list>`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    await tab.reload();
    await reaches(tab, 'bg-fetch-button', 'done');
    await says(tab, 'bg-fetch-list', 'Available offline');
  });
});
