/** The statuses that the page hears of a download go one way, each once, with either engine. */
import { describe } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { download, page, reaches } from './stage.js';

const ORDER = ['starting', 'downloading', 'saving', 'done'];

describe.each(BROWSERS)('in %s', (name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);
  const cases = engines.flatMap((engine) => [[engine, 'size=1k'] as const, [engine, 'size=3M&rate=1M'] as const]);

  journey.for(cases)('with the engine %s, for %s', async ([engine, faults], { server, start, expect }) => {
    server.pages.set(
      '/',
      page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
        <bg-fetch-button fetch-id="song" src="/files/song.bin?${faults}"></bg-fetch-button>
      </bg-fetch-provider>`),
    );
    const tab = await (await start(name)).open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.evaluate(() => {
      const statuses: string[] = [];
      Object.assign(globalThis, { statuses });
      document.querySelector('bg-fetch-provider')!.client!.subscribe((_id, record) => {
        if (record && record.status !== statuses.at(-1)) statuses.push(record.status);
      });
    });
    expect(await download(tab)).toBe(engine);
    const seen = await tab.evaluate(() => (globalThis as unknown as { statuses: string[] }).statuses);
    expect(seen).toEqual(ORDER.filter((status) => seen.includes(status)));
    expect(seen[0]).toBe('starting');
  });
});
