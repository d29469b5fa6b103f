/** The server goes away under an open page: each command does what it can without it, or its element says in words why not. */
import { describe } from 'vitest';
import { waitFor, type TestPage } from '../browsers/browser.js';
import type { BrowserName } from '../browsers/find.js';
import { BROWSERS } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { journey } from './journey.js';
import { page, reaches, says, textOf } from './stage.js';

/** The engines of each browser. */
const ENGINES = BROWSERS.flatMap((name): (readonly [BrowserName, 'native' | 'in-page'])[] =>
  name === 'chromium'
    ? [
        [name, 'native'],
        [name, 'in-page'],
      ]
    : [[name, 'in-page']],
);

/** What each browser calls a script that it could not load. */
const BROWSER_WORDS = /dynamically imported module|importing a module script failed/i;

const failedToLoad = (what: string) =>
  `Failed to load ${what}: the network may be down. Try again when it is back, or reload the page.`;

/** Notes what the page says in its console, its errors and its events, and which files it has the browser show and save. */
const NOTES = `<script>
  var said = [], files = [];
  const wordsOf = (it) => (it instanceof Error ? it.message + (it.cause ? ' because ' + wordsOf(it.cause) : '') : String(it));
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const own = console[level];
    console[level] = (...words) => { said.push(words.map(wordsOf).join(' ')); own.apply(console, words); };
  }
  addEventListener('error', ({ message, error }) => said.push(error ? wordsOf(error) : message));
  addEventListener('unhandledrejection', ({ reason }) => said.push('unhandled: ' + wordsOf(reason)));
  addEventListener('bg-fetch-error', ({ error }) => said.push(wordsOf(error)));
  HTMLAnchorElement.prototype.click = function () { files.push([this.href, this.download]); };
</script>`;

/** Nothing moves, and the page keeps its height, while something is clicked. */
const STYLE = `<style>p, bg-fetch-item { block-size: 5rem; margin: 0; overflow: clip } bg-fetch-storage { block-size: 20rem } bg-fetch-list { block-size: 80rem }</style>`;

const ELEMENTS = ['bg-fetch-button', 'bg-fetch-item', 'bg-fetch-list', 'bg-fetch-storage', 'bg-fetch-indicator'];

const button = (id: string) => `bg-fetch-button[fetch-id=${id}]`;
const item = (id: string) => `bg-fetch-item[fetch-id=${id}]`;
/** A command of a group of the list. */
const command = (group: string) => `[role=group][aria-labelledby=${group}] [part=command]`;

describe.concurrent.each(ENGINES)('in %s, %s', (name, engine) => {
  /** A server that stays, and what opens a page with a button and a row for each of these downloads, and all other elements. */
  const it = journey.extend<{ other: TestServer; open: (urls: Readonly<Record<string, string>>) => Promise<TestPage> }>({
    other: async ({ onTestFinished }, use) => {
      const other = await TestServer.start();
      onTestFinished(() => other.stop());
      await use(other);
    },
    open: async ({ server, start }, use) => {
      await use(async (urls) => {
        const tags = Object.entries(urls).map(
          ([id, url]) =>
            `<p><bg-fetch-button fetch-id="${id}" src="${url}"></bg-fetch-button></p><bg-fetch-item fetch-id="${id}"></bg-fetch-item>`,
        );
        server.pages.set('/film.txt', 'The film');
        server.pages.set('/spare.txt', 'The spare film');
        server.pages.set(
          '/',
          page(`${NOTES}${STYLE}<bg-fetch-provider service-worker="/sw.js" engine="${name === 'chromium' ? engine : 'auto'}">
            <p><bg-fetch-indicator></bg-fetch-indicator></p>${tags.join('')}
            <bg-fetch-storage></bg-fetch-storage><bg-fetch-list></bg-fetch-list>
          </bg-fetch-provider>`),
        );
        const tab = await (await start(name)).open(`${server.origin}/`);
        await reaches(tab, 'bg-fetch-button', 'idle');
        return tab;
      });
    },
  });

  /** Waits until the page has loaded these layers by itself, and its elements what they draw with. */
  const has = async (tab: TestPage, ...layers: string[]) => {
    const areLoaded = (names: string[]) => {
      const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const isLoaded = (layer: string) =>
        entries.some((entry) => entry.decodedBodySize > 0 && entry.name.includes(`/chunks/${layer}-`));
      return names.every(isLoaded);
    };
    await waitFor(tab, `the page to load ${layers.join(' and ')}`, areLoaded, [layers]);
    if (layers.includes('acting')) await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
    if (layers.includes('renderer')) await says(tab, 'bg-fetch-storage', 'used');
  };

  /** Chooses a command of the button's menu, which is placed a frame after it is opened. */
  const choose = async (tab: TestPage, of: string, place: number) => {
    await tab.click(of, '[aria-haspopup=menu]');
    const isPlaced = (button: string) => {
      const root = document.querySelector(button)!.shadowRoot!;
      const [opener, menu] = ['[aria-haspopup=menu]', '[role=menu]'].map((part) =>
        root.querySelector(part)!.getBoundingClientRect(),
      );
      return menu!.top > opener!.bottom;
    };
    await waitFor(tab, 'the menu', isPlaced, [of]);
    await tab.click(of, `[role=menuitem]:nth-of-type(${place})`);
  };

  const isControlled = (tab: TestPage) => waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);

  it('does what it can with what was downloaded, and starts again what was not', async ({ server, other, open, expect }) => {
    const tab = await open({
      film: '/film.txt',
      spare: '/spare.txt',
      bad: '/files/bad.bin?status=404',
      slow: '/files/slow.bin?size=20M&rate=200k',
      next: '/files/next.bin?size=1M',
      far: `${other.origin}/files/far.bin?size=20M&rate=200k&cors=open`,
    });
    await isControlled(tab);
    for (const [id, status] of Object.entries({ film: 'done', spare: 'done', bad: 'failed', slow: 'downloading' })) {
      await tab.click(button(id), 'button');
      await reaches(tab, button(id), status);
    }
    const engines = await tab.evaluate(() =>
      document
        .querySelector('bg-fetch-provider')!
        .client!.records.values()
        .map((record) => record.engine),
    );
    expect(engines).toEqual([engine, engine, engine, engine]);
    await has(tab, 'in-page');
    await server.stop();

    // Open and save, from the button and its menu.
    await tab.click(button('film'), 'button');
    await waitFor(tab, 'the film to be opened', () => (globalThis as Noted).files.length === 1, []);
    await choose(tab, button('film'), 2);
    await waitFor(tab, 'the film to be saved', () => (globalThis as Noted).files.length === 2, []);
    expect(await tab.evaluate(contentsOf)).toEqual([
      [`${server.origin}/film.txt`, '', 'The film'],
      [expect.stringMatching(/^blob:/), 'film.txt', 'The film'],
    ]);

    // Remove and undo, from the menu.
    await choose(tab, button('film'), 3);
    await reaches(tab, button('film'), 'removed');
    await tab.click(button('film'), '[data-action=restore]');
    await waitFor(tab, 'the film again', (of) => document.querySelector(`${of}:state(done):not(:state(removed))`) !== null, [
      button('film'),
    ]);

    // What was on its way from the server that has gone. Chromium says for 40 seconds that it still is.
    if (engine === 'native') await tab.evaluate(run, item('slow'), 'moveInPage');
    await says(tab, item('slow'), 'trying again');
    await tab.click(item('slow'), '[data-action=hurry]');
    await tab.evaluate(run, item('slow'), 'pause');
    await says(tab, item('slow'), 'Paused');
    await tab.click(item('slow'), '[data-action=resume]');
    await says(tab, item('slow'), 'trying again');
    await tab.click(item('slow'), '[data-action=abort]');
    await says(tab, item('slow'), 'Cancelled');
    await tab.click(item('slow'), '[data-action=restore]');
    await says(tab, item('slow'), 'trying again');
    await tab.evaluate(run, item('slow'), 'abort');
    await reaches(tab, item('slow'), 'aborted');
    await tab.click(item('slow'), '[data-action=retry]');
    await says(tab, item('slow'), engine === 'native' ? 'Starting' : 'trying again');
    await tab.click(item('slow'), '[data-action=abort]');
    await says(tab, item('slow'), 'Cancelled');

    // Another start, from the same server and from one that answers. Chromium's engine waits long after failures.
    await tab.click(button('next'), 'button');
    await says(tab, item('next'), engine === 'native' ? 'Starting' : 'trying again');
    await tab.click(item('next'), '[data-action=abort]');
    await says(tab, button('next'), 'Cancelled');
    if (engine === 'in-page') {
      await tab.click(button('far'), 'button');
      await reaches(tab, button('far'), 'downloading');
      await tab.click(item('far'), '[data-action=pause]');
      await says(tab, item('far'), 'Paused');
      await tab.click(item('far'), '[data-action=resume]');
      await reaches(tab, item('far'), 'downloading');
      await tab.click('bg-fetch-list', command('active'));
      await says(tab, item('far'), 'Paused');
      await tab.click(item('far'), '[data-action=abort]');
      await says(tab, item('far'), 'Cancelled');
    }

    // The storage element.
    await tab.click('bg-fetch-storage', '[data-action=discard]');
    await says(tab, 'bg-fetch-storage', 'Removed');
    await tab.click('bg-fetch-storage', '[data-action=restore]');
    await waitFor(tab, 'no removal', areNoneRemoved, []);
    await tab.click('bg-fetch-storage', '.foot [part=action]');
    // Firefox asks its visitor, and nobody answers.
    if (name !== 'firefox') await says(tab, 'bg-fetch-storage', 'The browser did not agree to keep this.');

    // The list, which the indicator shows too.
    await tab.click('bg-fetch-list', command('failed'));
    await says(tab, item('bad'), 'Removed');
    await tab.click('bg-fetch-list', command('done'));
    await says(tab, item('film'), 'Removed');
    await tab.click('bg-fetch-indicator', 'button');
    await says(tab, 'bg-fetch-indicator', 'spare.txt');

    expect(await saidIn(tab)).toEqual([]);
    expect(await shownIn(tab)).not.toMatch(BROWSER_WORDS);
  });

  it('starts, ends and removes in a page that nobody had touched', async ({ server, other, open, expect }) => {
    const tab = await open({ film: '/film.txt', far: `${other.origin}/far.txt` });
    other.pages.set('/far.txt', 'From afar');
    const exposed = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ETag, Content-Range' };
    other.headers.set('/far.txt', { etag: '"far"', ...exposed });
    await has(tab, 'acting', 'renderer', ...(engine === 'native' ? [] : ['in-page']));
    await isControlled(tab);
    await server.stop();

    await tab.click(button('far'), 'button');
    await reaches(tab, button('far'), 'done');
    await tab.click(item('far'), '[data-action=open]');
    await tab.click(item('far'), '[data-action=save]');
    await waitFor(tab, 'the file to be opened and saved', () => (globalThis as Noted).files.length === 2, []);
    expect((await tab.evaluate(contentsOf)).map(([, , text]) => text)).toEqual(['From afar', 'From afar']);

    await tab.click(button('film'), 'button');
    await says(tab, 'bg-fetch-list', engine === 'native' ? 'Starting' : 'trying again');
    await tab.click('bg-fetch-list', 'bg-fetch-item', '[data-action=abort]');
    await says(tab, item('film'), 'Cancelled');
    await tab.click(item('film'), '[data-action=restore]');
    await says(tab, item('film'), engine === 'native' ? 'Starting' : 'trying again');
    await tab.evaluate(run, item('film'), 'abort');
    await reaches(tab, item('film'), 'aborted');
    await tab.click(item('film'), '[data-action=retry]');
    await says(tab, item('film'), engine === 'native' ? 'Starting' : 'trying again');
    await tab.evaluate(run, item('film'), 'abort');
    await reaches(tab, item('film'), 'aborted');

    await tab.click('bg-fetch-storage', '[data-action=discard]');
    await says(tab, 'bg-fetch-storage', 'Removed');
    await tab.click(item('far'), '[data-action=restore]');
    await waitFor(tab, 'no removal', areNoneRemoved, []);
    await tab.click('bg-fetch-storage', '.foot [part=action]');
    await tab.click('bg-fetch-list', command('aborted'));
    await says(tab, item('film'), 'Removed');
    await tab.click('bg-fetch-list', command('done'));
    await says(tab, item('far'), 'Removed');

    expect(await saidIn(tab)).toEqual([]);
    expect(await shownIn(tab)).not.toMatch(BROWSER_WORDS);
  });

  it('says what could not be loaded where the server goes when the page has drawn, and goes on later', async ({
    server,
    open,
    expect,
  }) => {
    server.lost = /\/chunks\/(acting|renderer|in-page|local-manager)-/;
    const tab = await open({ film: '/film.txt' });
    await server.stop();
    await tab.click(button('film'), 'button');
    await says(tab, button('film'), failedToLoad('the commands'));
    await says(tab, 'bg-fetch-storage', failedToLoad('the view of downloads'));
    await tab.click('bg-fetch-indicator', 'button');
    await says(tab, 'bg-fetch-indicator', 'No downloads yet');
    expect(new Set(await saidIn(tab))).toEqual(new Set([failedToLoad('the commands')]));
    expect(await shownIn(tab)).not.toMatch(BROWSER_WORDS);

    server.lost = undefined;
    await server.start();
    // Firefox 153 asks again for a module that it could not load only in a page that is loaded anew.
    if (name === 'firefox') await tab.reload();
    else await tab.click('bg-fetch-indicator', 'button');
    await reaches(tab, button('film'), 'idle');
    // Its popover may cover the button.
    await tab.evaluate(() => document.querySelector('bg-fetch-indicator')!.hide());
    await tab.click(button('film'), 'button');
    await reaches(tab, button('film'), 'done');
  });

  it('says on later visits what could not be loaded', async ({ server, open, expect }) => {
    const tab = await open({ film: '/film.txt', next: '/next.txt' });
    await tab.click(button('film'), 'button');
    await reaches(tab, button('film'), 'done');
    await isControlled(tab);

    /** Opens the page without this layer, and stops the server when the others have arrived. */
    const visitWithout = async (layer: string, ...others: string[]) => {
      await server.stop();
      server.lost = new RegExp(`/chunks/${layer}-`);
      await server.start();
      await tab.reload();
      await reaches(tab, button('film'), 'done');
      await has(tab, ...others);
      await server.stop();
    };
    /** What the page has said but these words. */
    const saidBut = async (words: string) =>
      (await saidIn(tab)).filter((line) => line.replace('bg-fetch-elements: ', '') !== words);

    await visitWithout('renderer', 'acting');
    const noView = failedToLoad('the view of downloads');
    for (const element of [button('film'), item('film'), 'bg-fetch-list', 'bg-fetch-storage']) await says(tab, element, noView);
    expect(await saidBut(noView)).toEqual([]);

    await visitWithout('acting', 'renderer');
    const noCommands = failedToLoad('the commands');
    await tab.click(button('film'), 'button');
    await says(tab, button('film'), noCommands);
    await tab.click(item('film'), '[data-action=save]');
    await says(tab, item('film'), noCommands);
    await tab.click('bg-fetch-list', command('done'));
    await says(tab, 'bg-fetch-list', noCommands);
    await tab.click('bg-fetch-storage', '[data-action=discard]');
    await says(tab, 'bg-fetch-storage', noCommands);
    expect(await saidBut(noCommands)).toEqual([]);

    if (engine === 'native') return;
    await visitWithout('in-page', 'acting', 'renderer');
    const noEngine = failedToLoad('the in-page engine');
    await tab.click(button('next'), 'button');
    await says(tab, button('next'), 'The connection failed');
    expect(await tab.evaluate(detailOf, 'next')).toBe(noEngine);
    expect(await saidBut(noEngine)).toEqual([]);
  });
});

type Noted = typeof globalThis & { said: string[]; files: [href: string, name: string][] };

function saidIn(tab: TestPage): Promise<string[]> {
  return tab.evaluate(() => (globalThis as Noted).said);
}

async function shownIn(tab: TestPage): Promise<string> {
  return (await Promise.all(ELEMENTS.map((element) => textOf(tab, element)))).join('\n');
}

/** In the page: the files that the browser was to show or save, with their text. */
async function contentsOf(): Promise<string[][]> {
  const { files } = globalThis as Noted;
  return Promise.all(files.map(async ([href, name]) => [href, name, await (await fetch(href)).text()]));
}

/** In the page: runs a command of an element that it does not offer now. */
function run(selector: string, command: 'pause' | 'abort' | 'moveInPage'): Promise<void> {
  return document.querySelector<HTMLElementTagNameMap['bg-fetch-item']>(selector)![command]();
}

function areNoneRemoved(): boolean {
  const { records } = document.querySelector('bg-fetch-provider')!.client!;
  return records.values().every(({ discardedAt }) => discardedAt === undefined);
}

function detailOf(id: string): string | undefined {
  return document.querySelector('bg-fetch-provider')!.client!.records.get(id)?.failureDetail;
}
