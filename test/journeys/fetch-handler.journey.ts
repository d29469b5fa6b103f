/** The worker changes no request that no download concerns: policy, metadata and speed are the page's own, after a stop of the worker too. */
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect } from 'vitest';
import type { BackgroundFetchManager } from '../../src/standard/background-fetch.js';
import { waitFor, type TestBrowser, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import type { TestServer } from '../server/server.js';
import { HARMLESS, serveFiles, SOUND } from './hostile-files.js';
import { journey } from './journey.js';
import { page, reaches } from './stage.js';

const PICTURE = HARMLESS.find(({ name }) => name === 'picture.png')!;

/** A page that downloads, and the tab that shows it, controlled by the worker. */
async function site(server: TestServer, browser: TestBrowser, body = ''): Promise<TestPage> {
  server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="in-page">${body}</bg-fetch-provider>`));
  const tab = await browser.open(`${server.origin}/`);
  await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
  return tab;
}

/** Loads so many pictures of another origin, one after the other; gives how many were refused. */
function refused(tab: TestPage, origin: string, count: number): Promise<number> {
  return tab.evaluate(
    async (from, many) => {
      let failed = 0;
      for (let i = 0; i < many; i++) {
        const image = new Image();
        const loaded = new Promise<boolean>((resolve) => {
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
        });
        image.src = `${from}/kept/picture.png?${Math.random()}`;
        if (!(await loaded)) failed++;
      }
      return failed;
    },
    origin,
    count,
  );
}

/** The fetch metadata of a request. */
function metadata(headers: IncomingHttpHeaders): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('sec-fetch-') || name === 'accept'));
}

describe.each(BROWSERS)('in %s', (name) => {
  journey('pictures of another origin load under a policy that allows them, while downloads end', async ({ server, start }) => {
    serveFiles(server, [PICTURE]);
    server.policy = `default-src 'self' 'unsafe-inline'; img-src 'self' ${server.otherOrigin}`;
    const browser = await start(name);
    const names = [1, 2, 3, 4, 5].map((each) => `d${each}`);
    const buttons = names.map(
      (id) => `<bg-fetch-button id="${id}" fetch-id="${id}" src="/files/${id}.bin?size=10k"></bg-fetch-button>`,
    );
    const tab = await site(server, browser, buttons.join(''));
    expect(await refused(tab, server.otherOrigin, 5)).toBe(0);
    for (const id of names) await reaches(tab, `#${id}`, 'idle');
    const ending = tab.evaluate(async () => {
      const { client } = document.querySelector('bg-fetch-provider')!;
      for (const button of document.querySelectorAll('bg-fetch-button')) await client!.start(button.id, button.src);
    });
    expect(await refused(tab, server.otherOrigin, 60)).toBe(0);
    await ending;
    for (const id of names) await reaches(tab, `#${id}`, 'done');
    if (!(await browser.stopServiceWorkers())) return;
    expect(await refused(tab, server.otherOrigin, 5)).toBe(0);
  });

  journey('a request arrives at the server as it would without the worker', async ({ server, start }) => {
    const seen = new Map<string, Record<string, unknown>>();
    for (const path of ['/target', '/style.css', '/code.js', '/picture.png', '/frame']) {
      server.answers.set(path, (request, response) => {
        seen.set(request.url!, metadata(request.headers));
        response.writeHead(200, {
          'content-type': path.endsWith('.png')
            ? 'image/png'
            : path.endsWith('.css')
              ? 'text/css'
              : path.endsWith('.js')
                ? 'text/javascript'
                : 'text/html',
        });
        response.end(path.endsWith('.png') ? PICTURE.body : '');
      });
    }
    server.pages.set('/elsewhere', '<!doctype html><title>Elsewhere</title>');
    const browser = await start(name);
    /** Asks for everything by markup, and comes to the site from another, both marked. */
    const visit = async (tab: TestPage, mark: string) => {
      await tab.evaluate(async (query) => {
        const parts: [string, object][] = [
          ['link', { rel: 'stylesheet', href: `/style.css?${query}` }],
          ['script', { src: `/code.js?${query}` }],
          ['img', { src: `/picture.png?${query}` }],
          ['iframe', { src: `/frame?${query}` }],
        ];
        for (const [tag, attributes] of parts) {
          const element = Object.assign(document.createElement(tag), attributes);
          await new Promise((resolve) => {
            element.onload = element.onerror = resolve;
            document.body.append(element);
          });
        }
      }, mark);
      await browser.stopServiceWorkers();
      await tab.goto(`${server.otherOrigin}/elsewhere`);
      await tab.evaluate((to) => void (location.href = to), `${server.origin}/target?${mark}`);
      await waitFor(tab, 'the target', () => location.pathname === '/target', []);
    };
    server.pages.set('/plain', '<!doctype html><title>Plain</title>');
    await visit(await browser.open(`${server.origin}/plain`), 'without');
    const tab = await site(server, browser);
    await browser.stopServiceWorkers();
    await visit(tab, 'with');
    for (const path of ['/target', '/style.css', '/code.js', '/picture.png', '/frame'])
      expect([path, seen.get(`${path}?with`)]).toEqual([path, seen.get(`${path}?without`)]);
  });

  journey('while the database does not answer, all comes within three seconds and as it was', async ({ server, start }) => {
    serveFiles(server, [...HARMLESS, SOUND]);
    const seen = new Map<string, unknown>();
    server.answers.set('/picture', (request, response) => {
      seen.set(request.url!, metadata(request.headers));
      response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE.body);
    });
    server.pages.set('/style.css', 'html { --here: yes }');
    server.pages.set('/plain', '<!doctype html><title>Plain</title><link rel="stylesheet" href="/style.css">');
    // Each start of this worker finds a database that stays silent.
    server.pages.set('/sw.js', `IDBFactory.prototype.open = () => ({}); importScripts('/dist/cdn/service-worker.js');`);
    /** Loads what may be held and what may not; gives how long the slowest took, in milliseconds. */
    const load = (tab: TestPage, mark: string) =>
      tab.evaluate(
        async (query, elsewhere, plays) => {
          const begun = performance.now();
          const image = (src: string) => {
            const element = Object.assign(new Image(), { src });
            return element.decode();
          };
          const sound = Object.assign(new Audio(), { crossOrigin: 'anonymous', src: `${elsewhere}/kept/episode.wav` });
          const sounds = new Promise((resolve, reject) => {
            sound.onloadedmetadata = resolve;
            // WebKitGTK may have nothing that plays it.
            sound.onerror = plays ? () => reject(new Error(sound.error!.message)) : resolve;
          });
          const text = fetch('/kept/notes.txt').then((response) => response.text());
          await Promise.all([image(`/picture?${query}`), image(`${elsewhere}/picture?${query}-far`), sounds, text]);
          return performance.now() - begun;
        },
        mark,
        server.otherOrigin,
        name !== 'webkit',
      );
    const browser = await start(name);
    const tab = await browser.open(`${server.origin}/plain`);
    await load(tab, 'without');
    await tab.evaluate(async () => {
      const controlled = new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
      await navigator.serviceWorker.register('/sw.js');
      await controlled;
    });
    expect(await load(tab, 'with')).toBeLessThan(3000);
    expect(seen.get('/picture?with')).toEqual(seen.get('/picture?without'));
    await tab.goto(`${server.origin}/plain?again`);
    const looks = () =>
      getComputedStyle(document.documentElement).getPropertyValue('--here').trim() === 'yes' && performance.now();
    expect(await waitFor(tab, 'the page', looks, [])).toBeLessThan(3000);
  });

  journey('a check of the page’s policy is not sent by a worker that knows no stored files yet', async ({ server, start }) => {
    server.policy = "default-src 'self' 'unsafe-inline'";
    // The database of this worker stays silent, and what it answers is written down.
    server.pages.set(
      '/sw.js',
      `IDBFactory.prototype.open = () => ({});
      const answered = [];
      addEventListener('fetch', (event) => {
        const { method, url } = event.request;
        event.respondWith = function (response) {
          answered.push(method + ' ' + new URL(url).pathname);
          FetchEvent.prototype.respondWith.call(event, response);
        };
      });
      addEventListener('message', ({ data, ports: [port] }) => data === 'answered' && port.postMessage(answered));
      importScripts('/dist/cdn/service-worker.js');`,
    );
    server.pages.set(
      '/',
      `<!doctype html><script>delete ServiceWorkerRegistration.prototype.backgroundFetch;</script>
      <script src="/dist/cdn/polyfill.classic.js"></script>`,
    );
    const tab = await (await start(name)).open(`${server.origin}/`);
    const answered = await tab.evaluate(async () => {
      const controlled = new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
      await navigator.serviceWorker.register('/sw.js');
      await controlled;
      const registration = await navigator.serviceWorker.ready;
      const { backgroundFetch } = registration as unknown as { backgroundFetch: BackgroundFetchManager };
      const fetching = await backgroundFetch.fetch('film', '/files/film.bin?size=10k');
      while (fetching.result === '') await new Promise((resolve) => setTimeout(resolve, 100));
      // Any other request waits for the list.
      await fetch('/other');
      const { port1, port2 } = new MessageChannel();
      const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      registration.active!.postMessage('answered', [port2]);
      return told;
    });
    expect(answered).toEqual(['GET /other']);
  });
});
