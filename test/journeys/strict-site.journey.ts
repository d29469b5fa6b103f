/** A site with the strictest policy (nothing from elsewhere, nothing inline, Trusted Types), in its pages and its worker: downloads work as on any other. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import type { TestServer } from '../server/server.js';
import { journey } from './journey.js';
import { download, fetched, reaches, whole } from './stage.js';

const SIZE = 3 * 1024 * 1024;
const FILE = '/files/strict.bin?seed=strict&size=3M';
const DOCUMENT = new URL('../../stories/docs/when-things-go-wrong.mdx', import.meta.url);
const [, documented = ''] = /^Content-Security-Policy: (.+)$/m.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
const POLICIES = {
  'as documented': documented,
  'without blob: workers': "default-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html bg-fetch-elements",
};

/** Puts the ready worker at the site's root, as the documents say. */
async function copyWorker({ pages }: TestServer): Promise<void> {
  const worker = new URL('../../dist/cdn/service-worker.js', import.meta.url);
  pages.set('/service-worker.js', await readFile(worker, 'utf8'));
}

/** Scripts of the workers that are registered for the site. */
function workersOf(tab: TestPage): Promise<string[]> {
  return tab.evaluate(async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    return registrations.map(({ installing, waiting, active }) => new URL((installing ?? waiting ?? active)!.scriptURL).pathname);
  });
}

describe.each(BROWSERS)('in %s', (name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);
  const policies = Object.entries(POLICIES);
  journey.for(engines.flatMap((engine) => policies.map(([kind, policy]) => ({ engine, kind, policy }))))(
    'has the file when the server is gone ($engine, $kind)',
    async ({ engine, policy }, { server, start }) => {
      server.policy = policy;
      await copyWorker(server);
      server.pages.set(
        '/',
        `<!doctype html>
      <script type="module" src="/dist/cdn/bg-fetch-elements.js"></script>
      <bg-fetch-provider service-worker="/service-worker.js" engine="${engine}">
        <bg-fetch-button fetch-id="strict" src="${FILE}"></bg-fetch-button>
        <bg-fetch-list></bg-fetch-list>
      </bg-fetch-provider>`,
      );
      const tab = await (await start(name)).open(`${server.origin}/`);
      expect(await download(tab)).toBe(engine);
      // The worker was registered: it answers.
      await server.stop();
      expect(await fetched(tab, FILE)).toEqual(whole('strict', SIZE));
    },
  );

  journey.for([
    { kind: 'an upload', address: '/uploads/x.js' },
    { kind: 'a worker that reads its query', address: '/service-worker.js?script=/uploads/x.js' },
    { kind: 'another path', address: '/dist/cdn/service-worker.js' },
  ])('registers no worker that markup names under Trusted Types: $kind', async ({ address }, { server, start }) => {
    server.policy = documented;
    await copyWorker(server);
    server.pages.set('/uploads/x.js', '/* planted */');
    server.pages.set('/', strictPage(address));
    const tab = await (await start(name)).open(`${server.origin}/`);
    // The page downloads without it.
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await workersOf(tab)).toEqual([]);
  });

  journey('registers the worker that a script names', async ({ server, start }) => {
    server.policy = documented;
    server.pages.set('/app.js', "document.querySelector('bg-fetch-provider').serviceWorker = '/dist/cdn/service-worker.js';");
    server.pages.set('/', strictPage('').replace('<bg-fetch-provider service-worker="">', '<bg-fetch-provider scope="/">'));
    const tab = await (await start(name)).open(`${server.origin}/`);
    await expect.poll(() => workersOf(tab)).toEqual(['/dist/cdn/service-worker.js']);
  });
});

function strictPage(address: string): string {
  return `<!doctype html>
    <script type="module" src="/dist/cdn/bg-fetch-elements.js"></script>
    <bg-fetch-provider service-worker="${address}">
      <bg-fetch-button fetch-id="strict" src="${FILE}"></bg-fetch-button>
    </bg-fetch-provider>
    <script type="module" src="/app.js"></script>`;
}
