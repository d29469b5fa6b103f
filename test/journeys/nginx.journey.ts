/** The in-page engine against nginx, by HTTP/1.1 and by HTTP/2: cut in the middle, it goes on where it stopped. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { bytesOf } from '../server/content.js';
import { hasNginx, Nginx } from '../server/nginx.js';
import { fetched, page, reaches, whole } from './stage.js';

const MIB = 1024 * 1024;
const SIZE = 12 * MIB;
const WORKER = `importScripts('/dist/cdn/service-worker.js');`;
/** Plain http here is not of this machine, as far as the browser knows; WebKitGTK, which cannot be told so, refuses both. */
const OUTSIDE = 'insecure.test';

describe.runIf(hasNginx).each(BROWSERS)('in %s', (name) => {
  let nginx: Nginx;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    browser = await launch(name, { selfSigned: true, insecureHosts: name === 'webkit' ? [] : [OUTSIDE] });
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

  it.each(['HTTP/1.1', 'HTTP/2.0'])('goes on by %s after nginx was away, with a range of the same version', async (protocol) => {
    tab = await browser.open(`${protocol === 'HTTP/2.0' ? nginx.secureOrigin : nginx.origin}/film`);
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
    expect(answers.map((answer) => [answer.protocol, answer.status])).toEqual([[protocol, 206]]);
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

  // Where a worker controls the page, Chromium's refusal looks like a network that is away: it is tried until it is given up.
  it.skipIf(name === 'chromium')('keeps what came by https, and says in words why plain http did not', async () => {
    const { port } = new URL(nginx.origin);
    const plain = `http://${name === 'webkit' ? '127.0.0.1' : OUTSIDE}:${port}/words.json`;
    tab = await browser.open(`${nginx.secureOrigin}/film`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.evaluate((url) => {
      document.querySelector('bg-fetch-button')!.requests = ['/film.bin', url];
    }, plain);
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'failed');
    const { files, failureReason, failureDetail } = await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!);
    expect(files.map(({ state }) => state)).toEqual(['done', 'failed']);
    expect(failureReason).toBe('fetch-error');
    expect(failureDetail).toContain(`"${plain}" (mixed content)`);
    expect(await fetched(tab, '/film.bin')).toEqual(whole('film', SIZE));
  });
});
