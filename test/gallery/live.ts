/** The live stories and the recipes of the built gallery, as a visitor uses them. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA } from '../../stories/live/media.js';
import { GALLERY } from '../../tools/gallery.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import type { BrowserName } from '../browsers/find.js';
import { launch } from '../browsers/launch.js';
import { fetched, reaches } from '../journeys/stage.js';
import { Site } from '../server/site.js';

const UNDER = '/some/sub/path/';
/** Red, green and blue, as `tools/film/draw.js` paints it; the encoder leaves some of it. */
const SKY_OF_THE_THIRD = [0x4a, 0xa3, 0xc7];
const BUTTON = '#storybook-root bg-fetch-button';

function wholeOf(name: string): { status: number; size: number; sha256: string } {
  const medium = MEDIA.get(name)!;
  const bytes = medium.read(0, medium.size);
  return { status: 200, size: medium.size, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Downloads in the gallery, whose worker plays the server. */
export function tellOfLife(name: BrowserName): void {
  describe(`the live part of the gallery in ${name}`, () => {
    let browser: TestBrowser;
    let site: Site;
    let tab: TestPage;

    beforeAll(async () => {
      site = await Site.serve(GALLERY, { under: UNDER });
      browser = await launch(name);
    });
    afterEach(() => tab.close());
    afterAll(async () => {
      await browser.dispose();
      await site.stop();
    });

    async function open(story: string, args = ''): Promise<void> {
      tab = await browser.open(`${site.origin}${UNDER}iframe.html?viewMode=story&id=${story}&args=${args}`);
      await reaches(tab, BUTTON, 'idle');
    }

    it.each(['cut', 'no-length', 'no-ranges'])('downloads in the page from a server with this fault: %s', async (fault) => {
      await open('live--list', `engine:in-page;speed:50000000;fault:${fault}`);
      await tab.click(BUTTON, 'button');
      await reaches(tab, BUTTON, 'done');
      const address = await tab.evaluate((of) => document.querySelector<HTMLElement & { src: string }>(of)!.src, BUTTON);
      expect(await fetched(tab, address)).toEqual(wholeOf('sample.bin'));
    });

    it('waits for a busy server, and says that a file is not there', async () => {
      await open('live--button', 'engine:in-page;speed:50000000;fault:busy');
      await tab.click(BUTTON, 'button');
      await reaches(tab, BUTTON, 'waiting');
      await reaches(tab, BUTTON, 'done');
      await tab.close();
      await open('live--status', 'engine:in-page;fault:not-found');
      await tab.click(BUTTON, 'button');
      await reaches(tab, '#storybook-root bg-fetch-status', 'failed');
    });

    it.skipIf(name !== 'chromium')("downloads with the browser's own engine", async () => {
      await open('live--indicator', 'engine:native;speed:50000000');
      await tab.click(BUTTON, 'button');
      await reaches(tab, '#storybook-root bg-fetch-indicator', 'done');
      expect(
        await tab.evaluate(
          (of) => document.querySelector<HTMLElement & { record?: { engine: string } }>(of)!.record?.engine,
          BUTTON,
        ),
      ).toBe('native');
    });

    it('plays a film that is stored, and seeks in it', async () => {
      await open('recipes--film');
      await tab.click(BUTTON, 'button');
      await reaches(tab, BUTTON, 'done');
      await tab.click('#storybook-root .buttons button:nth-of-type(3)');
      await waitFor(tab, 'the third chapter', () => document.querySelector('video')!.currentTime > 60.2, []);
      const sky = await tab.evaluate(() => {
        const pen = new OffscreenCanvas(1, 1).getContext('2d')!;
        pen.drawImage(document.querySelector('video')!, 4, 4, 1, 1, 0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data];
      });
      for (const [index, part] of SKY_OF_THE_THIRD.entries()) expect(Math.abs(sky[index]! - part)).toBeLessThan(30);
    });

    it('takes a course and a map offline, each in one download', async () => {
      await open('recipes--course');
      await tab.click(BUTTON, 'button');
      await reaches(tab, '#storybook-root bg-fetch-item', 'done');
      expect(
        await tab.evaluate(
          (of) => document.querySelector<HTMLElement & { record?: { files: unknown[] } }>(of)!.record?.files.length,
          BUTTON,
        ),
      ).toBe(4);
      await tab.close();
      await open('recipes--map');
      await tab.click(BUTTON, 'button');
      await waitFor(tab, 'nine sheets', () => document.querySelectorAll('.map .here').length === 9, []);
    });
  });
}
