/** Small real apps with this package's tarball in them: each builds, runs, and has its file when the server is gone. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BYTES } from '../../src/bytes/body-database.js';
import { BODY_OFFSET } from '../../src/bytes/files.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { launch } from '../browsers/launch.js';
import { fetched, reaches, textOf, whole } from '../journeys/stage.js';
import { cook, cookAhead } from './kitchen.js';
import { Site } from '../server/site.js';

const FILM = '/files/film.bin?seed=film&size=2M';
const FILM_SIZE = 2 * 1024 * 1024;

const BUNDLERS = ['vite', 'webpack', 'rollup', 'esbuild', 'parcel'];
const FRAMEWORKS = ['script-tag', 'react', 'preact', 'solid', 'vue', 'svelte', 'angular'];
/** Their builds replace async functions of this package by calls of helpers. */
const REWRITTEN = ['old-syntax', 'angular-zone'];
/** In the order of the tests. */
const NAMES = [...BUNDLERS, ...FRAMEWORKS, 'lit-ssr', 'workbox', 'workbox-generated', 'own-worker', 'callback', ...REWRITTEN];

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

describe.each(['workbox', 'workbox-generated'])("a site whose worker is Workbox's: %s", (name) => {
  it('opens from the precache and has the film from this kit, each by a worker that has just started, without the server', async () => {
    await open(name);
    await download();
    await site.stop();
    const restarted = async <Result>(act: () => Promise<Result>) => {
      expect(await browser.stopServiceWorkers()).toBe(true);
      return act();
    };
    expect(await restarted(() => fetched(tab, FILM))).toEqual(whole('film', FILM_SIZE));
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
