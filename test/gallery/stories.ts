/** Every story of the built gallery, as a static site under a path of another site, drawn in a browser and looked at by axe. */
import axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../custom-elements.json' with { type: 'json' };
import { GALLERY } from '../../tools/gallery.js';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import type { BrowserName } from '../browsers/find.js';
import { launch } from '../browsers/launch.js';
import { reaches } from '../journeys/stage.js';
import { Site } from '../server/site.js';
import { isOpen, show, violationsIn } from './preview.js';

interface Story {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly type: 'story' | 'docs';
}

const { entries } = JSON.parse(readFileSync(`${GALLERY}/index.json`, 'utf8')) as { entries: Record<string, Story> };
const stories = Object.values(entries).filter(({ type }) => type === 'story');
const documents = Object.values(entries).filter(({ type }) => type === 'docs');

interface Declaration {
  readonly tagName?: string;
  readonly cssStates?: readonly { readonly name: string }[];
}

/** The states of each tag. */
const STATES = new Map(
  (manifest.modules as readonly { readonly declarations?: readonly Declaration[] }[]).flatMap(({ declarations = [] }) =>
    declarations.flatMap(({ tagName, cssStates = [] }) =>
      tagName ? [[tagName, new Set(cssStates.map(({ name }) => name))] as const] : [],
    ),
  ),
);
const STATUSES = [...STATES.get('bg-fetch-button')!].filter((name) => name !== 'removed' && name !== 'indeterminate');
const SCHEMES = [
  { scheme: 'light', lang: 'en' },
  { scheme: 'dark', lang: 'ar' },
];
/** What is in every state in every element each browser draws in one scheme, so that together they draw both. */
const SHARE: Readonly<Record<BrowserName, string>> = { chromium: 'light', firefox: 'dark', webkit: 'light' };
const UNDER = '/some/sub/path/';

/** Tells what the gallery holds, and draws all of it. */
export function tellOfStories(name: BrowserName): void {
  describe.each([...STATES.keys()])('%s', (tag) => {
    const noun = tag.slice('bg-fetch-'.length);

    it.each(STATUSES)('has a story "%s"', (status) => {
      expect(Object.keys(entries)).toContain(`elements-${noun}--${status}`);
    });

    it('has a live story', () => {
      expect(Object.keys(entries)).toContain(`live--${noun}`);
    });
  });

  describe(`the gallery in ${name}`, () => {
    let browser: TestBrowser;
    let site: Site;
    let tab: TestPage;

    beforeAll(async () => {
      site = await Site.serve(GALLERY, { under: UNDER, ownOnly: true });
      browser = await launch(name);
      tab = await browser.open('about:blank');
    });
    afterAll(async () => {
      await browser.dispose();
      await site.stop();
    });

    describe.each(SCHEMES)('$scheme, in $lang', ({ scheme, lang }) => {
      const shared = stories.filter(({ title }) => scheme === SHARE[name] || !title.startsWith('Elements/'));

      beforeAll(async () => {
        // The gallery's own axe rests meanwhile.
        const globals = `scheme:${scheme};lang:${lang};a11y.manual:!true`;
        await tab.goto(`${site.origin}${UNDER}iframe.html?viewMode=story&id=${shared[0]!.id}&globals=${globals}`);
        await isOpen(tab);
        await tab.evaluate((source) => void (0, eval)(source), axe.source);
      });

      it.each(shared)('$title, $name: drawn, and fine to axe', async (story) => {
        const tag = `bg-fetch-${story.title.split('/').at(-1)!.toLowerCase()}`;
        const status = story.name.toLowerCase();
        await show(tab, story.id);
        if (STATUSES.includes(status) && STATES.get(tag)?.has(status)) await reaches(tab, `#storybook-root ${tag}`, status);
        expect(await violationsIn(tab)).toEqual([]);
      });
    });

    // What Storybook makes of them is the same in each browser, and dear.
    it.each(name === 'chromium' ? documents : [])('$title: the page opens', async ({ id }) => {
      await tab.goto(`${site.origin}${UNDER}iframe.html?viewMode=docs&id=${id}`);
      await expect.poll(() => tab.evaluate(() => document.querySelector('#storybook-docs h1')?.textContent)).toBeTruthy();
      expect(await tab.evaluate(() => document.body.classList.contains('sb-show-errordisplay'))).toBe(false);
      // A table that is none shows how it was written.
      expect(await tab.evaluate(() => document.querySelector('#storybook-docs')!.textContent)).not.toContain('| ---');
    });

    it('opens as a whole, and nothing in it has asked for anything from elsewhere', async () => {
      await tab.goto(`${site.origin}${UNDER}`);
      await expect.poll(() => tab.evaluate(() => document.querySelector('iframe')?.contentDocument?.readyState)).toBe('complete');
      // What is told last comes last.
      const elsewhere = 'http://elsewhere.example/picture.png';
      await tab.evaluate((src) => void (new Image().src = src), elsewhere);
      await expect.poll(() => site.reports).toContain(elsewhere);
      expect(site.reports).toEqual([elsewhere]);
    });
  });
}
