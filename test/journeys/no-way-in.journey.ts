/** A stored file of another origin never runs as the site, whichever way it is opened. */
import { describe } from 'vitest';
import { until, waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { HARMLESS, HOSTILE, serveFiles, type KeptFile } from './hostile-files.js';
import { journey } from './journey.js';
import { page, reaches } from './stage.js';

/** How the site of a test is made. */
const SITES = ['in-page', 'native', 'without a worker'] as const;
type Site = (typeof SITES)[number];

/** A page with one button for each address. */
function pageOf(site: Site, addresses: readonly string[]): string {
  const worker = site === 'without a worker' ? '' : `service-worker="/sw.js"`;
  const engine = site === 'native' ? 'native' : 'in-page';
  const buttons = addresses.map(
    (url, i) => `<p><bg-fetch-button id="b${i}" fetch-id="f${i}" src="${url}"></bg-fetch-button></p>`,
  );
  return page(`<bg-fetch-provider ${worker} engine="${engine}">${buttons.join('')}</bg-fetch-provider>`);
}

/** Downloads what the page offers. */
async function downloadAll(tab: TestPage, site: Site, count: number): Promise<void> {
  if (site !== 'without a worker') await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
  for (let i = 0; i < count; i++) {
    await reaches(tab, `#b${i}`, 'idle');
    // The browser's own engine wants a click for each.
    await tab.click(`#b${i}`, 'button');
    await reaches(tab, `#b${i}`, 'done');
  }
}

/** Presses Open of so many stored files from this place on; gives what the page has the browser do with each, which opens tabs only if it `shows` them. */
async function open(tab: TestPage, from: number, count: number, shows: boolean): Promise<string[]> {
  await tab.evaluate((really) => {
    const done: string[] = ((globalThis as Watched).done = []);
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      done.push(this.target === '_blank' ? 'shown' : this.download ? 'saved' : 'left');
      if (really || this.download) click.call(this);
    };
  }, shows);
  for (let i = from; i < from + count; i++) {
    await tab.click(`#b${i}`, 'button');
    await waitFor(tab, 'the file to be opened', (all) => (globalThis as Watched).done!.length > all, [i - from]);
  }
  return tab.evaluate(() => (globalThis as Watched).done!);
}

type Watched = typeof globalThis & { done?: string[] };

/** What ran as the site. */
function marks(tab: TestPage): Promise<string | null> {
  return tab.evaluate(() => localStorage.getItem('ran'));
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(BROWSERS)('in %s', (name) => {
  const sites = SITES.filter((site) => site !== 'native' || name === 'chromium');

  journey.for(sites)('what could run a script is saved, what cannot is shown (%s)', async (site, { server, start, expect }) => {
    serveFiles(server, [...HOSTILE, ...HARMLESS]);
    // WebKit's `fetch()` does not come to the end of a body that replaces itself.
    const kinds = HOSTILE.filter(({ type }) => name !== 'webkit' || !type?.startsWith('multipart/'));
    const from = (origin: string, some: readonly KeptFile[]) => some.map((file) => `${origin}/kept/${file.name}`);
    const own = site === 'without a worker' ? from(server.origin, kinds.slice(0, 2)) : [];
    const redirected = kinds.slice(0, 2).map((file) => `${server.origin}/moved/${file.name}`);
    const hostile = [...from(server.otherOrigin, kinds), ...own, ...redirected];
    const harmless = from(server.otherOrigin, HARMLESS);
    server.pages.set('/', pageOf(site, [...hostile, ...harmless]));
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/`);
    await downloadAll(tab, site, hostile.length + harmless.length);
    expect(await open(tab, 0, hostile.length, true)).toEqual(hostile.map(() => 'saved'));
    await pause(3000);
    expect(await marks(tab)).toBe(null);
    // WebKitGTK does not tell its driver of tabs that a page has opened; Firefox ESR 153 loses the driver's own tab among them.
    const shows = name === 'chromium';
    const before = (await browser.tabs()).length;
    expect(await open(tab, hostile.length, harmless.length, shows)).toEqual(harmless.map(() => 'shown'));
    if (shows) await until('the tabs', async () => (await browser.tabs()).length === before + harmless.length);
    expect(await marks(tab)).toBe(null);
  });
});
