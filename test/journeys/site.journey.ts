/** The sample site, as a newcomer finds it: the episode plays with the server switched off. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMedia, serveSite } from '../../site/serve.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { reaches, says } from './stage.js';

let media: Awaited<ReturnType<typeof makeMedia>>;
beforeAll(async () => {
  media = await makeMedia('.cache/site');
});

describe.concurrent.each(BROWSERS)('in %s', (name) => {
  let site: Server;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    site = await serveSite(0, media);
    browser = await launch(name);
    const { port } = site.address() as AddressInfo;
    tab = await browser.open(`http://localhost:${port}/`);
  });
  afterAll(async () => {
    await browser.dispose();
    await switchOff();
  });

  async function switchOff(): Promise<void> {
    if (!site.listening) return;
    const closed = new Promise((resolve) => site.close(resolve));
    site.closeAllConnections();
    await closed;
  }

  it('downloads the episode and its artwork, and plays and seeks without the server', async () => {
    const button = 'bg-fetch-button[fetch-id=ep-5]';
    await reaches(tab, button, 'idle');
    await tab.click(button, 'button');
    await says(tab, 'bg-fetch-list', 'Episode 5: Interesting things.');
    await reaches(tab, button, 'done');
    await switchOff();

    // A click, since no page may start a sound by itself.
    await tab.evaluate(() => {
      document.body.insertAdjacentHTML('afterbegin', '<button id="play">Play</button>');
      document.querySelector<HTMLButtonElement>('#play')!.onclick = () => void document.querySelector('audio')!.play();
    });
    await tab.click('#play');
    await waitFor(tab, 'the episode to play', () => document.querySelector('audio')!.currentTime > 0.3, []);
    expect(await tab.evaluate(() => Math.round(document.querySelector('audio')!.duration))).toBe(186);
    await tab.evaluate(() => {
      document.querySelector('audio')!.currentTime = 120;
    });
    await waitFor(tab, 'the episode to play on from there', () => document.querySelector('audio')!.currentTime > 120.3, []);
  });
});
