/** The in-page engine against nginx: cut in the middle, it goes on where it stopped. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { bytesOf } from '../server/content.js';
import { hasNginx, Nginx } from '../server/nginx.js';
import { fetched, page, reaches, whole } from './stage.js';

const MIB = 1024 * 1024;
const SIZE = 12 * MIB;
const WORKER = `importScripts('/dist/cdn/service-worker.js');`;

describe.runIf(hasNginx).each(BROWSERS)('in %s', (name) => {
  let nginx: Nginx;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    browser = await launch(name);
  });
  afterAll(() => browser.dispose());
  beforeEach(async () => {
    const tags = (src: string) =>
      page(
        `<bg-fetch-provider service-worker="/sw.js" engine="in-page"><bg-fetch-button fetch-id="file" src="${src}"></bg-fetch-button></bg-fetch-provider>`,
      );
    nginx = await Nginx.start(
      new Map<string, string | Uint8Array>([
        ['sw.js', WORKER],
        ['film.html', tags('/film.bin')],
        ['words.html', tags('/words.json')],
        ['film.bin', bytesOf('film', 0, SIZE)],
        ['words.json', JSON.stringify(Array.from({ length: 50_000 }, (_, i) => `word ${i}`))],
      ]),
      3 * MIB,
    );
  });
  afterEach(async () => {
    await tab.close();
    await nginx.dispose();
  });

  it('goes on after nginx was away, with a range of the same version', async () => {
    tab = await browser.open(`${nginx.origin}/film`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await waitFor(
      tab,
      'half of it',
      () => (document.querySelector('bg-fetch-button')?.record?.downloaded ?? 0) > 6 * 1024 * 1024,
      [],
    );
    await nginx.stop();
    await reaches(tab, 'bg-fetch-button', 'waiting');
    await nginx.start();
    await reaches(tab, 'bg-fetch-button', 'done');
    // nginx writes down what it ended itself: not the answer it was stopped in, nor the question for the size.
    const answers = (await nginx.log('/film.bin')).filter(({ sent }) => sent > 1);
    expect(answers.map(({ status }) => status)).toEqual([206]);
    expect(answers[0]?.ifRange).toMatch(/^"/);
    expect(answers[0]?.sent).toBeLessThan(SIZE - 5 * MIB);
    await nginx.stop();
    expect(await fetched(tab, '/film.bin')).toEqual(whole('film', SIZE));
  });

  it('stores what came packed as what it is', async () => {
    tab = await browser.open(`${nginx.origin}/words`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    const sent = await fetched(tab, '/words.json');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    await nginx.stop();
    expect(await fetched(tab, '/words.json')).toEqual(sent);
    expect(sent.status).toBe(200);
  });
});
