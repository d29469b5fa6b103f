/** A stored file of the site's own is at its address what the server made it: a document with its policy, a text that is no page, a file to save. */
import { describe } from 'vitest';
import { until, waitFor } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { serveFiles, type KeptFile } from './hostile-files.js';
import { journey } from './journey.js';
import { page, reaches } from './stage.js';

const mark = (word: string) => `<!doctype html><title>Shown</title><script>localStorage.setItem('${word}', '1')</script><p>Shown`;
const FREE = { name: 'free.html', type: 'text/html', body: mark('free') };
const NAME = `attachment; filename="${Buffer.from('圖.txt').toString('latin1')}"`;

/** The first may run its script; the others may not. */
const FILES: readonly KeptFile[] = [
  FREE,
  { name: 'policy.html', type: 'text/html', body: mark('policy'), headers: { 'content-security-policy': "script-src 'none'" } },
  {
    name: 'sandbox.html',
    type: 'text/html',
    body: mark('sandbox'),
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
  },
  { name: 'plain', type: 'text/plain', body: mark('plain'), headers: { 'x-content-type-options': 'nosniff' } },
];
const SCRIPT = { name: 'app.js', type: 'text/javascript', body: "document.title = 'stored'" };
const STYLE = { name: 'app.css', type: 'text/css', body: ':root { --version: stored }' };
const LETTER = { name: 'letter', type: 'text/plain', body: 'A letter', headers: { 'content-disposition': NAME } };

describe.each(BROWSERS)('in %s', (name) => {
  journey.for(name === 'chromium' ? ['native', 'in-page'] : ['in-page'])(
    'is what it was when the server is gone, and fresh where a page asks for that (%s)',
    async (engine, { server, start, expect }) => {
      const files = [...FILES, LETTER, SCRIPT, STYLE];
      serveFiles(server, files);
      const addresses = files.map((file) => `/kept/${file.name}`);
      server.pages.set(
        '/',
        page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
          <bg-fetch-button fetch-id="own" src="${addresses[0]}"></bg-fetch-button>
        </bg-fetch-provider>`),
      );
      const browser = await start(name);
      const tab = await browser.open(`${server.origin}/`);
      await waitFor(tab, 'a controller', () => navigator.serviceWorker.controller !== null, []);
      await reaches(tab, 'bg-fetch-button', 'idle');
      await tab.evaluate(async (all) => {
        await document.querySelector('bg-fetch-provider')!.client!.start('own', all);
      }, addresses);
      await reaches(tab, 'bg-fetch-button', 'done');

      const read = (url: string, cache: RequestCache) => fetch(url, { cache }).then((response) => response.text());
      // A stored script or style would outlive its correction.
      serveFiles(server, [
        { ...LETTER, body: 'Another letter' },
        { ...SCRIPT, body: "document.title = 'corrected'" },
        { ...STYLE, body: ':root { --version: corrected }' },
      ]);
      const versions = async () => {
        const parts: [string, object][] = [
          ['script', { src: '/kept/app.js' }],
          ['link', { rel: 'stylesheet', href: '/kept/app.css' }],
        ];
        for (const [tag, attributes] of parts) {
          const element = Object.assign(document.createElement(tag), attributes);
          await new Promise((resolve) => {
            element.onload = element.onerror = resolve;
            document.head.append(element);
          });
        }
        return [document.title, getComputedStyle(document.documentElement).getPropertyValue('--version').trim()];
      };
      expect(await tab.evaluate(versions)).toEqual(['corrected', 'corrected']);
      expect(await tab.evaluate(read, '/kept/letter', 'default' as const)).toBe('A letter');
      expect(await tab.evaluate(read, '/kept/letter', 'no-cache' as const)).toBe('Another letter');

      await server.stop();
      expect(await tab.evaluate(read, '/kept/letter', 'no-cache' as const)).toBe('A letter');
      const disposition = () => fetch('/kept/letter').then(({ headers }) => headers.get('content-disposition'));
      expect(await tab.evaluate(disposition)).toBe("attachment; filename*=UTF-8''%E5%9C%96.txt");
      for (const { name: file } of FILES) {
        const other = await browser.open(`${server.origin}/kept/${file}`);
        expect([file, await other.evaluate(() => document.documentElement.textContent)]).toEqual([
          file,
          expect.stringContaining('Shown'),
        ]);
        await other.close();
      }
      expect(await tab.evaluate(() => Object.keys(localStorage))).toEqual(['free']);

      // A worker that was stopped is woken first. WebKitGTK does not tell its driver of tabs that a page has opened.
      if (name === 'webkit') return;
      serveFiles(server, [{ ...FREE, body: 'Not the stored one' }]);
      await server.start();
      await browser.stopServiceWorkers();
      const before = (await browser.tabs()).length;
      await tab.click('bg-fetch-button', 'button');
      const opened = await until('a tab', async () => {
        const tabs = await browser.tabs();
        return tabs.length > before && tabs.at(-1);
      });
      await waitFor(opened, 'the file', () => document.title === 'Shown', []);
      expect(await opened.evaluate(() => location.pathname)).toBe(addresses[0]);
    },
  );
});
