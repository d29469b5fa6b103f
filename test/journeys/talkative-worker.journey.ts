/** A site's own worker answers every message on its port, before the kit's line or after it: no download is lost by that. */
import { describe } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { download, fetched, page, whole } from './stage.js';

const KIT = `importScripts('/dist/cdn/service-worker.js');`;
const TALK = `addEventListener('message', ({ ports: [port] }) => {
  for (const word of ['pong', true, null, { settled: true }]) port?.postMessage(word);
});`;
const FILE = '/files/talk.bin?seed=talk&size=1M';

describe.each(BROWSERS)('in %s', (name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);
  const workers = Object.entries({ before: TALK + KIT, after: KIT + TALK });
  journey.for(engines.flatMap((engine) => workers.map(([order, worker]) => ({ engine, order, worker }))))(
    'which listens $order it ($engine)',
    async ({ engine, worker }, { server, start, expect }) => {
      server.pages.set('/sw.js', worker);
      server.pages.set(
        '/',
        page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
        <bg-fetch-button fetch-id="talk" src="${FILE}"></bg-fetch-button>
      </bg-fetch-provider>`),
      );
      const tab = await (await start(name)).open(`${server.origin}/`);
      expect(await download(tab)).toBe(engine);
      await server.stop();
      expect(await fetched(tab, FILE)).toEqual(whole('talk', 1024 * 1024));
    },
  );
});
