/** Workers of a site that this kit does not know, or that do not cover the page. */
import { describe } from 'vitest';
import type { TestPage } from '../browsers/browser.js';
import { waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { download, fetched, page, reaches, textOf, whole } from './stage.js';

const FILE = '/files/film.bin?seed=film&size=100k';
const NOTES = `<script>
  var warned = [];
  console.warn = (...words) => warned.push(words.join(' '));
</script>`;
const button = (attributes = '') =>
  `${NOTES}<bg-fetch-provider ${attributes}><bg-fetch-button src="${FILE}"></bg-fetch-button></bg-fetch-provider>`;

describe.concurrent.each(BROWSERS)('in %s', (name) => {
  const native = name === 'chromium' ? 'native' : 'in-page';

  journey('one without the line is waited for once, and its remedy is said', async ({ server, start, expect }) => {
    server.pages.set('/push.js', 'addEventListener("push", () => {});');
    server.pages.set('/first', page(''));
    server.pages.set('/', page(button()));
    const tab = await (await start(name)).open(`${server.origin}/first`);
    await register(tab, '/push.js');

    /** Visits the page, and resolves with the time from a click to the end of the download. */
    const visit = async () => {
      await tab.goto(`${server.origin}/`);
      await reaches(tab, 'bg-fetch-button', 'idle');
      const started = Date.now();
      await tab.evaluate(clickAndRender);
      expect(await textOf(tab, 'bg-fetch-button')).toContain('Starting…');
      await reaches(tab, 'bg-fetch-button', 'done');
      return Date.now() - started;
    };
    const first = await visit();
    const warnings = await warningsOf(tab);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`Add the line of this kit to ${server.origin}/push.js`);

    await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.clear());
    const second = await visit();
    // The first of them waits ten seconds, the second one.
    expect(second).toBeLessThan(first - 5000);
  });

  journey('one of another URL is replaced at once by the one that the page names', async ({ server, start, expect }) => {
    server.pages.set('/old.js', 'addEventListener("fetch", () => {});');
    server.pages.set('/first', page(''));
    server.pages.set('/', page(button('service-worker="/sw.js"')));
    const tab = await (await start(name)).open(`${server.origin}/first`);
    await register(tab, '/old.js');
    await tab.goto(`${server.origin}/`);
    expect(await download(tab)).toBe(native);
    await waitFor(tab, 'the worker', () => navigator.serviceWorker.controller?.scriptURL.endsWith('/sw.js'), []);
    expect(await fetched(tab, FILE)).toEqual(whole('film', 102_400));
    expect(await warningsOf(tab)).toEqual([]);
  });

  journey('one whose scope does not cover the page is said in the console', async ({ server, start, expect }) => {
    server.pages.set('/', page(button('service-worker="/sw.js" scope="/films/"')));
    const tab = await (await start(name)).open(`${server.origin}/`);
    expect(await download(tab)).toBe(native);
    expect(await warningsOf(tab)).toEqual([expect.stringContaining(`${server.origin}/films/`)]);
  });
});

/** Registers a worker, and waits until it is active. */
async function register(tab: TestPage, script: string): Promise<void> {
  await tab.evaluate(async (url) => {
    await navigator.serviceWorker.register(url);
    await navigator.serviceWorker.ready;
  }, script);
}

/** In the page: clicks the button when the records are read, and waits until the browser has rendered. */
async function clickAndRender(): Promise<void> {
  const button = document.querySelector('bg-fetch-button')!;
  await document.querySelector('bg-fetch-provider')!.client!.ready;
  await button.updateComplete;
  button.shadowRoot!.querySelector('button')!.click();
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function warningsOf(tab: TestPage): Promise<string[]> {
  return tab.evaluate(() => (globalThis as unknown as { warned: string[] }).warned);
}
