/** An address of the site that leads to another origin stays what it was when its response is stored: no document, no script, no style of the site. */
import { describe } from 'vitest';
import type { BgFetchClient } from '../../src/index.js';
import { waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { HARMLESS, HOSTILE, serveFiles, SOUND } from './hostile-files.js';
import { journey } from './journey.js';
import { fetched, page, reaches } from './stage.js';

const SCRIPT = { name: 'code.js', type: 'text/javascript', body: `localStorage.setItem('ran', 'code')` };
const STYLE = { name: 'look.css', type: 'text/css', body: 'html { --stored: yes }' };
/** Firefox 153 and WebKitGTK 2.50 run the handlers of a drawing that `<use>` takes from the same origin. */
const DRAWING = {
  name: 'drawing.svg',
  type: 'image/svg+xml',
  body: `<svg xmlns="http://www.w3.org/2000/svg"><g id="g"><rect width="9" height="9"/><image href="x:" onerror="localStorage.setItem('ran', 'drawing')"/></g></svg>`,
};
const MOVED = ['page.html', 'picture.svg', 'code.js', 'look.css', 'episode.wav', 'picture.png', 'drawing.svg'].map(
  (name) => `/moved/${name}`,
);
const EPISODE = '/moved/episode.wav';

/** A page whose client knows another address. */
const RENEWING = `<!doctype html>
<bg-fetch-provider></bg-fetch-provider>
<script type="module">
  import '/dist/cdn/bg-fetch-elements.js';
  const BgFetchClient = document.querySelector('bg-fetch-provider').client.constructor;
  const refresh = ({ url }) => url.replace('localhost', '127.0.0.1').replace('/gone/', '/kept/');
  const client = new BgFetchClient({ serviceWorker: '/sw.js', engine: 'in-page', refresh });
  await client.list();
  await navigator.serviceWorker.ready;
  globalThis.client = client;
</script>`;

/** What ran, or counts, as the site's own. */
function taken(tab: TestPage): Promise<string[]> {
  return tab.evaluate(async () => {
    // Not every browser tells of an object that the policy has refused.
    const gone = (element: Element) =>
      new Promise((resolve) => {
        for (const name of ['load', 'error']) element.addEventListener(name, resolve);
        setTimeout(resolve, 5000);
        document.body.append(element);
      });
    const make = (tag: string, attributes: object) => Object.assign(document.createElement(tag), attributes);
    const drawing = make('div', { innerHTML: '<svg><use href="/moved/drawing.svg#g"/></svg>' });
    document.body.append(drawing);
    await gone(make('script', { src: '/moved/code.js' }));
    await gone(make('link', { rel: 'stylesheet', href: '/moved/look.css' }));
    const frame = make('iframe', { src: '/moved/page.html' }) as HTMLIFrameElement;
    await gone(frame);
    await gone(make('object', { data: '/moved/picture.svg', type: 'image/svg+xml' }));
    const strict = await Promise.allSettled([
      fetch('/moved/episode.wav', { mode: 'same-origin' }),
      fetch('/moved/episode.wav', { redirect: 'error' }),
    ]);
    return [
      localStorage.getItem('ran') ?? '',
      getComputedStyle(document.documentElement).getPropertyValue('--stored').trim(),
      frame.contentDocument?.title ?? '',
      drawing.querySelector('use')!.getBBox().width > 0 ? 'drawn' : '',
      ...strict.map(({ status }) => (status === 'fulfilled' ? 'answered' : '')),
    ].filter(Boolean);
  });
}

describe.each(BROWSERS)('in %s', (name) => {
  journey.for(name === 'chromium' ? ['native', 'in-page'] : ['in-page'])(
    'what came by a redirect is a file, and never the site (%s)',
    async (engine, { server, start, expect }) => {
      serveFiles(server, [...HOSTILE, ...HARMLESS, SOUND, SCRIPT, STYLE, DRAWING]);
      server.policy = `default-src 'self' 'unsafe-inline'; connect-src 'self' ${server.otherOrigin}`;
      server.pages.set(
        '/',
        page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
          <bg-fetch-button fetch-id="moved" src="${EPISODE}"></bg-fetch-button>
        </bg-fetch-provider>`),
      );
      const browser = await start(name);
      const tab = await browser.open(`${server.origin}/`);
      await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
      await reaches(tab, 'bg-fetch-button', 'idle');
      const before = await taken(tab);
      await tab.evaluate(async (addresses) => {
        await document.querySelector('bg-fetch-provider')!.client!.start('moved', addresses);
      }, MOVED);
      await reaches(tab, 'bg-fetch-button', 'done');
      expect([before, await taken(tab)]).toEqual([[], []]);

      const other = await browser.open(`${server.origin}/moved/page.html`);
      expect(await other.evaluate(() => location.origin)).toBe(server.otherOrigin);
      await other.close();
      expect(await tab.evaluate(() => localStorage.getItem('ran'))).toBe(null);

      // Files are answered still, without the server.
      await server.stop();
      expect((await fetched(tab, EPISODE)).size).toBe(SOUND.body.length);
      const shown = () =>
        new Promise((resolve) => {
          const image = Object.assign(new Image(), { src: '/moved/picture.png' });
          image.onload = () => resolve(image.naturalWidth);
          image.onerror = () => resolve(0);
        });
      expect(await tab.evaluate(shown)).toBe(1);
    },
  );

  journey('an address that the page has renewed at another origin is no document either', async ({ server, start, expect }) => {
    serveFiles(server, [...HOSTILE, ...HARMLESS]);
    server.answers.set('/gone/page.html', (_request, response) => void response.writeHead(403).end('Expired'));
    server.pages.set('/', RENEWING);
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/`);
    type Renewing = typeof globalThis & { client?: BgFetchClient };
    const begun = () => (globalThis as Renewing).client !== undefined;
    await waitFor(tab, 'a client', begun, []);
    await tab.evaluate(async () => {
      await (globalThis as Renewing).client!.start('gone', '/gone/page.html');
    });
    const isDone = () => (globalThis as Renewing).client!.records.get('gone')!.status === 'done';
    await waitFor(tab, 'the download to be done', isDone, []);
    const other = await browser.open(`${server.origin}/gone/page.html`);
    expect(await other.evaluate(() => document.documentElement.textContent.trim())).toBe('Expired');
    expect(await tab.evaluate(() => localStorage.getItem('ran'))).toBe(null);
    await server.stop();
    expect(await tab.evaluate(() => fetch('/gone/page.html').then((response) => response.text()))).toBe(HOSTILE[0]!.body);
  });
});
