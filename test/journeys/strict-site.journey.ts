/** A site with the strictest policy (nothing from elsewhere, nothing inline, Trusted Types), in its pages and its worker: downloads work as on any other. */
import { describe, expect } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { fetched, reaches, whole } from './stage.js';

const SIZE = 3 * 1024 * 1024;
const FILE = '/files/strict.bin?seed=strict&size=3M';
const POLICY = "default-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html bg-fetch-elements";

describe.each(BROWSERS)('in %s', (name) => {
  journey.for(name === 'chromium' ? ['native', 'in-page'] : ['in-page'])(
    'has the file when the server is gone (%s)',
    async (engine, { server, start }) => {
      server.policy = POLICY;
      server.pages.set(
        '/',
        `<!doctype html>
      <script type="module" src="/dist/cdn/bg-fetch-elements.js"></script>
      <bg-fetch-provider service-worker="/dist/cdn/service-worker.js" scope="/" engine="${engine}">
        <bg-fetch-button fetch-id="strict" src="${FILE}"></bg-fetch-button>
        <bg-fetch-list></bg-fetch-list>
      </bg-fetch-provider>`,
      );
      const tab = await (await start(name)).open(`${server.origin}/`);
      await reaches(tab, 'bg-fetch-button', 'idle');
      await tab.click('bg-fetch-button', 'button');
      await reaches(tab, 'bg-fetch-button', 'done');
      expect(await tab.evaluate(() => document.querySelector('bg-fetch-button')!.record!.engine)).toBe(engine);
      // The worker was registered: it answers.
      await server.stop();
      expect(await fetched(tab, FILE)).toEqual(whole('strict', SIZE));
    },
  );
});
