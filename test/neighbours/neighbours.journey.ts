/** Small real apps with this package's tarball in them: each builds, runs, and has its file when the server is gone. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HEAD } from '../../src/bytes/files.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { launch } from '../browsers/launch.js';
import { fetched, reaches, textOf, whole } from '../journeys/stage.js';
import { cook, cookAhead } from './kitchen.js';
import { Site } from '../server/site.js';

const FILM = '/files/film.bin?seed=film&size=2M';
const FILM_SIZE = 2 * 1024 * 1024;

const BUNDLERS = ['vite', 'webpack', 'rollup', 'esbuild', 'parcel'];
const FRAMEWORKS = ['script-tag', 'react', 'preact', 'solid', 'vue', 'svelte', 'angular'];
/** In the order of the tests. */
const NAMES = [...BUNDLERS, ...FRAMEWORKS, 'lit-ssr', 'workbox', 'own-worker', 'callback'];

let browser: TestBrowser;
let site: Site;
let tab: TestPage;

beforeAll(async () => {
  browser = await launch('chromium');
});
afterAll(() => browser.dispose());
afterEach(async () => {
  await tab.close();
  await site.stop();
});

/** Opens one, and has the next built meanwhile. */
async function open(name: string): Promise<void> {
  const folder = await cook(name);
  const next = NAMES[NAMES.indexOf(name) + 1];
  if (next) cookAhead(next);
  // It takes as long as five others.
  if (name === NAMES[0]) cookAhead('angular');
  site = await Site.serve(folder);
  tab = await browser.open(`${site.origin}/`);
}

/** From click to done, with the framework's own words for the event and the property. */
async function download(): Promise<void> {
  await reaches(tab, 'bg-fetch-button', 'idle');
  await tab.click('bg-fetch-button', 'button');
  await reaches(tab, 'bg-fetch-button', 'done');
  await waitFor(tab, 'the page to hear of it', () => document.querySelector('output')?.textContent === 'Stored film', []);
  await reaches(tab, 'bg-fetch-progress', 'done');
}

/** What is stored is there without the server. */
async function hasFilmWithoutServer(): Promise<void> {
  await site.stop();
  expect(await fetched(tab, FILM)).toEqual(whole('film', FILM_SIZE));
}

async function engineUsed(): Promise<string | undefined> {
  return tab.evaluate(() => document.querySelector('bg-fetch-button')?.record?.engine);
}

/** The sizes of the files the engine's own worker wrote: none where a bundler broke it and the bytes went into pieces instead. */
async function sizesOnDisk(): Promise<number[]> {
  return tab.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('bg-fetch', { create: true });
    const sizes = [];
    for await (const handle of folder.values()) {
      if (handle instanceof FileSystemFileHandle) sizes.push((await handle.getFile()).size);
    }
    return sizes;
  });
}

describe.each(BUNDLERS)('an empty project made with %s', (name) => {
  it('builds, downloads in the page, and loads the language of the page', async () => {
    await open(name);
    await waitFor(
      tab,
      'words in German',
      () => document.querySelector('bg-fetch-button')?.shadowRoot?.textContent.includes('Herunterladen'),
      [],
    );
    await download();
    expect(await engineUsed()).toBe('in-page');
    expect(await sizesOnDisk()).toContain(FILM_SIZE + HEAD);
    await hasFilmWithoutServer();
  });
});

describe.each(FRAMEWORKS)('a page made with %s', (name) => {
  it("downloads with the browser's own engine, binds properties and hears events", async () => {
    await open(name);
    await download();
    expect(await engineUsed()).toBe('native');
    await hasFilmWithoutServer();
  });
});

describe('a page that Lit rendered on a server', () => {
  it('comes with its shadow roots, is taken over by the script, and downloads', async () => {
    await open('lit-ssr');
    const sent = await waitFor(tab, 'the script', () => (globalThis as { sent?: string[] }).sent, []);
    expect(sent).toEqual(['bg-fetch-provider', 'bg-fetch-button', 'bg-fetch-progress', 'bg-fetch-list']);
    await download();
    // Taken over, not drawn a second time beside what was sent.
    const mains = await tab.evaluate(
      () => document.querySelector('bg-fetch-button')?.shadowRoot?.querySelectorAll('[part=button]').length,
    );
    expect(mains).toBe(1);
    expect(await textOf(tab, 'bg-fetch-list')).toContain('The film');
    await hasFilmWithoutServer();
  });
});

describe("a site whose worker is Workbox's", () => {
  it('opens from the precache and has the film from this kit, both without the server', async () => {
    await open('workbox');
    await download();
    await site.stop();
    await tab.reload();
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await fetched(tab, FILM)).toEqual(whole('film', FILM_SIZE));
  });
});

describe('a site with its own worker', () => {
  it('keeps its own answers and has the film besides, both without the server', async () => {
    await open('own-worker');
    await download();
    await site.stop();
    expect(await tab.evaluate(async () => (await fetch('/hello')).text())).toBe('Hello from the own worker');
    expect(await fetched(tab, FILM)).toEqual(whole('film', FILM_SIZE));
  });
});

describe("a page that feeds the elements from another downloader's callback", () => {
  it('shows how far it is and that it is done', async () => {
    await open('callback');
    await reaches(tab, 'bg-fetch-progress', 'idle');
    await tab.click('#load');
    await reaches(tab, 'bg-fetch-item', 'downloading');
    await reaches(tab, 'bg-fetch-item', 'done');
    expect(await textOf(tab, 'bg-fetch-item')).toContain('The model');
    await waitFor(
      tab,
      'a full bar',
      () => {
        const bar = document.querySelector('bg-fetch-progress')?.shadowRoot?.querySelector('[role=progressbar]');
        return bar?.ariaValueNow === '100';
      },
      [],
    );
  });
});
