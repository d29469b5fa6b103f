/** The polyfill as a classic script: the interfaces are there for code that looks for them while the page and the worker are read. */
import { describe, expect } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';

describe.each(BROWSERS)('in %s', (name) => {
  journey('is there for an inline script, and for the worker after its first line', async ({ server, start }) => {
    server.pages.set(
      '/site-worker.js',
      `importScripts('/dist/cdn/service-worker.js');
      const seen = 'BackgroundFetchManager' in self && 'onbackgroundfetchsuccess' in self;
      addEventListener('message', ({ source }) => source.postMessage(seen));`,
    );
    server.pages.set(
      '/',
      `<!doctype html><script src="/dist/cdn/polyfill.classic.js"></script>
      <script>var seen = 'BackgroundFetchManager' in self && 'backgroundFetch' in ServiceWorkerRegistration.prototype;</script>`,
    );
    const tab = await (await start(name)).open(`${server.origin}/`);
    expect(await tab.evaluate(() => (globalThis as unknown as { seen: boolean }).seen)).toBe(true);
    const inWorker = await tab.evaluate(async () => {
      await navigator.serviceWorker.register('/site-worker.js');
      const { active } = await navigator.serviceWorker.ready;
      return new Promise((resolve) => {
        navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
        active!.postMessage('seen?');
      });
    });
    expect(inWorker).toBe(true);
  });
});
