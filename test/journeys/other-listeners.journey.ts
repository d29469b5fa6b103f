/** Other `fetch` listeners of the worker get every request that is not stored, whichever line stands first, after a stop of the worker too. */
import { describe } from 'vitest';
import { waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { HARMLESS, serveFiles, SOUND } from './hostile-files.js';
import { journey } from './journey.js';
import { download, page } from './stage.js';

const PICTURE = HARMLESS.find(({ name }) => name === 'picture.png')!;
const BUTTON = `<bg-fetch-button src="/kept/episode.wav /kept/notes.txt"></bg-fetch-button>`;
const KIT = `importScripts('/dist/cdn/service-worker.js');`;
/** Answers everything, as the workers of app frameworks do: from the network, else from its cache; pages with the app. */
const APP = `addEventListener('install', (event) => event.waitUntil(
  caches.open('app').then((cache) => cache.addAll(['/app', '/app.json', '/app.png']))));
addEventListener('fetch', (event) => {
  const { url, mode } = event.request;
  const kept = () => caches.match(mode === 'navigate' ? '/app' : url);
  event.respondWith(fetch(event.request).catch(async () => (await kept()) ?? new Response('Not in the app', { status: 504 })));
});`;
const OFFLINE = `Object.defineProperty(WorkerNavigator.prototype, 'onLine', { get: () => false });`;

/** In the page: how an image, a sound and two requests of `fetch()` end. */
async function load() {
  const image = Object.assign(new Image(), { src: '/app.png' });
  const sound = Object.assign(new Audio(), { src: '/kept/episode.wav' });
  const played = new Promise((resolve) => {
    sound.onloadedmetadata = () => resolve(true);
    sound.onerror = () => resolve(sound.error!.message);
  });
  const api = fetch('/app.json').then(
    (response) => response.status,
    (error: unknown) => String(error),
  );
  return { sound: await played, api: await api, image: await image.decode().then(() => image.naturalWidth > 0) };
}

const it = journey.extend<{ open: (script: string) => Promise<{ tab: TestPage; stop: () => Promise<unknown> }> }>({
  /** Opens a page with this worker, downloads, and stops the server; `stop` stops the worker. */
  open: async ({ server, start }, use) => {
    await use(async (script) => {
      serveFiles(server, [...HARMLESS, SOUND]);
      server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="in-page">${BUTTON}</bg-fetch-provider>`));
      server.pages.set('/app', '<!doctype html><title>App</title>');
      server.answers.set('/app.json', (_request, response) => response.writeHead(200).end('{}'));
      server.answers.set('/app.png', (_request, response) =>
        response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE.body),
      );
      server.pages.set('/sw.js', script);
      const browser = await start('chromium');
      const tab = await browser.open(`${server.origin}/`);
      await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
      await download(tab);
      await server.stop();
      return { tab, stop: () => browser.stopServiceWorkers() };
    });
  },
});

// Only Chromium's worker can be stopped.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  it.for([
    ['first', KIT + APP],
    ['last', APP + KIT],
  ] as const)('with the kit %s', async ([place, script], { server, open, expect }) => {
    const { tab, stop } = await open(script);
    await stop();
    const { sound, ...app } = await tab.evaluate(load);
    expect(sound === true).toBe(place === 'first');
    expect(app).toEqual({ api: 200, image: true });
    await stop();
    await tab.goto(`${server.origin}/`);
    expect(await tab.evaluate(() => document.title)).toBe('App');
  });

  it('while the browser is offline', async ({ server, open, expect }) => {
    const { tab, stop } = await open(OFFLINE + KIT + APP);
    const opened = async (path: string) => {
      await stop();
      await tab.goto(server.origin + path);
      return tab.evaluate(() => document.title || document.body.textContent);
    };
    expect(await opened('/')).toBe('App');
    expect(await opened('/kept/notes.txt')).toBe('Grüße');
    expect(await opened('/elsewhere')).toBe('App');
  });
});
