/** Small real apps with this package's tarball in them: each builds, runs, and has its file when the server is gone. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BYTES } from '../../src/bytes/body-database.js';
import { BODY_OFFSET } from '../../src/bytes/files.js';
import { until, waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { launch } from '../browsers/launch.js';
import { fetched, fetchedRange, reaches, textOf, whole } from '../journeys/stage.js';
import { cook, cookAhead } from './kitchen.js';
import { Site } from '../server/site.js';

const FILM = '/files/film.bin?seed=film&size=2M';
const FILM_SIZE = 2 * 1024 * 1024;
/** A text whose URL looks like a page of the app. */
const NOTES = '/files/notes?type=text/plain&size=1k&header=x-content-type-options:nosniff';

const BUNDLERS = ['vite', 'webpack', 'rollup', 'esbuild', 'parcel'];
const FRAMEWORKS = ['script-tag', 'react', 'preact', 'solid', 'vue', 'svelte', 'angular'];
/** Rendered on a server, then hydrated. */
const PRERENDERED = ['sveltekit', 'next'];
/** Their builds replace async functions of this package by calls of helpers. */
const REWRITTEN = ['old-syntax', 'angular-zone'];
/** In the order of the tests. */
const NAMES = [
  ...BUNDLERS,
  ...FRAMEWORKS,
  'lit-ssr',
  ...PRERENDERED,
  'workbox',
  'workbox-generated',
  'own-worker',
  'callback',
  ...REWRITTEN,
];

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
  // Each takes as long as five others.
  if (name === NAMES[0]) cookAhead('angular');
  if (name === 'script-tag') cookAhead('next');
  if (name === 'angular') cookAhead('angular-zone');
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

/** Runs `act` when the worker has been stopped, so that a new one answers. */
async function restarted<Result>(act: () => Promise<Result>): Promise<Result> {
  expect(await browser.stopServiceWorkers()).toBe(true);
  return act();
}

/** Adds a second button, and stores its file. */
async function storeNotes(): Promise<void> {
  await tab.evaluate((src) => {
    const button = Object.assign(document.createElement('bg-fetch-button'), { id: 'notes', src });
    document.querySelector('bg-fetch-provider')!.append(button);
  }, NOTES);
  await reaches(tab, '#notes', 'idle');
  await tab.click('#notes', 'button');
  await reaches(tab, '#notes', 'done');
}

/** Clicks "Open": the new tab has the file and not the app. */
async function opensNotes(): Promise<void> {
  const before = (await browser.tabs()).length;
  await tab.click('#notes', 'button');
  const opened = await until('a tab', async () => {
    const tabs = await browser.tabs();
    return tabs.length > before && tabs.at(-1);
  });
  await waitFor(opened, 'the file', (url) => location.href.endsWith(url) && document.readyState === 'complete', [NOTES]);
  expect(await opened.evaluate(() => document.contentType)).toBe('text/plain');
  await opened.close();
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

/** Resolves with the number of pieces in IndexedDB; 0 if the engine's worker wrote a file. */
async function piecesInDatabase(): Promise<number> {
  return tab.evaluate(async (name) => {
    const succeeded = (request: IDBRequest) =>
      new Promise((resolve, reject) => {
        request.onsuccess = resolve;
        request.onerror = () => reject(request.error!);
      });
    const opening = indexedDB.open(name);
    await succeeded(opening);
    const counting = opening.result.transaction('pieces').objectStore('pieces').count();
    await succeeded(counting);
    opening.result.close();
    return counting.result;
  }, BYTES);
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
    expect(await sizesOnDisk()).toContain(FILM_SIZE + BODY_OFFSET);
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

describe.each(REWRITTEN)('a page whose build rewrites async functions: %s', (name) => {
  it('downloads to an OPFS file: the worker needs none of the helpers', async () => {
    await open(name);
    await download();
    expect(await engineUsed()).toBe('in-page');
    expect(await sizesOnDisk()).toContain(FILM_SIZE + BODY_OFFSET);
    expect(await piecesInDatabase()).toBe(0);
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

describe.each(PRERENDERED)('a page that %s rendered on a server', (name) => {
  it('has the tags in its HTML, hydrates without an error, and downloads', async () => {
    await open(name);
    expect(await tab.evaluate(async () => (await fetch('/')).text())).toContain('<bg-fetch-button ');
    await download();
    expect(await tab.evaluate(() => (globalThis as { errors?: string[] }).errors)).toEqual([]);
    await hasFilmWithoutServer();
  });
});

describe("a site whose worker is Angular's", () => {
  it('opens from the precache and has the film from this kit, each by a worker that has just started, without the server', async () => {
    await open('angular');
    const { origin } = site;
    await download();
    await storeNotes();
    await waitFor(
      tab,
      'the precache',
      async () => {
        const { assetGroups } = (await (await fetch('/ngsw.json')).json()) as { assetGroups: { urls: string[] }[] };
        const found = await Promise.all(assetGroups.flatMap(({ urls }) => urls).map((url) => caches.match(url)));
        return found.length > 0 && !found.includes(undefined);
      },
      [],
    );
    await site.stop();
    expect(await restarted(() => fetched(tab, FILM))).toEqual(whole('film', FILM_SIZE));
    expect(await restarted(() => fetchedRange(tab, FILM, 0, 9))).toMatchObject({
      status: 206,
      range: `bytes 0-9/${FILM_SIZE}`,
    });
    await restarted(opensNotes);
    await restarted(() => tab.goto(`${origin}/a-page-of-the-app`));
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await fetched(tab, FILM)).toEqual(whole('film', FILM_SIZE));
  });
});

describe.each(['workbox', 'workbox-generated'])("a site whose worker is Workbox's: %s", (name) => {
  it('opens from the precache and has the film from this kit, each by a worker that has just started, without the server', async () => {
    await open(name);
    await download();
    await storeNotes();
    await site.stop();
    expect(await restarted(() => fetched(tab, FILM))).toEqual(whole('film', FILM_SIZE));
    await restarted(opensNotes);
    expect(await restarted(() => tab.evaluate(async () => (await fetch('/app.json')).status))).toBe(200);
    await restarted(() => tab.reload());
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
