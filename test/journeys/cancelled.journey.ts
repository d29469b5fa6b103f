/** A visitor cancels a download by its own button: it can be undone, and else it ends, also if the visitor leaves at once. */
import { describe } from 'vitest';
import { waitFor, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { journey } from './journey.js';
import { page, reaches, says } from './stage.js';

const button = (engine: string) =>
  page(`<bg-fetch-provider service-worker="/sw.js" engine="${engine}">
    <bg-fetch-button fetch-id="song" src="/files/song.bin?size=4M&rate=400k"></bg-fetch-button>
  </bg-fetch-provider>`);

/** Starts the download with a click, and waits for its first bytes. */
async function begin(tab: TestPage): Promise<void> {
  await reaches(tab, 'bg-fetch-button', 'idle');
  await tab.click('bg-fetch-button', '.main');
  await waitFor(tab, 'bytes', () => (document.querySelector('bg-fetch-button')!.record?.downloaded ?? 0) > 500_000, []);
}

/** In the page: the ids of the fetches that either engine still moves. */
async function moving(engine: string): Promise<unknown[]> {
  if (engine === 'native') {
    const registration = (await navigator.serviceWorker.getRegistration()) as {
      backgroundFetch?: { getIds(): Promise<string[]> };
    };
    return (await registration.backgroundFetch?.getIds()) ?? [];
  }
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('bg-fetch-journal');
    request.onsuccess = () => resolve(request.result);
  });
  const fetches = await new Promise<{ active?: unknown }[]>((resolve) => {
    const request = database.transaction('fetches').objectStore('fetches').getAll();
    request.onsuccess = () => resolve(request.result as { active?: unknown }[]);
  });
  database.close();
  return fetches.map(({ active }) => active).filter(Boolean);
}

describe.each(BROWSERS)('in %s', (name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);

  journey.for(engines)('goes on from its bytes after Undo (%s)', async (engine, { server, start, expect }) => {
    server.pages.set('/', button(engine));
    const tab = await (await start(name)).open(`${server.origin}/`);
    await begin(tab);
    // Twice on the body: the second click of a double click.
    for (let clicks = 0; clicks < 2; clicks++) if (engine === 'native') await tab.click('bg-fetch-button', '.main');
    await tab.click('bg-fetch-button', '[data-action=abort]');
    await says(tab, 'bg-fetch-button', 'Cancelled');
    await tab.click('bg-fetch-button', '[data-action=restore]');
    await reaches(tab, 'bg-fetch-button', 'done');
    const requests = server.site.log.filter(({ method, url }) => method === 'GET' && url.startsWith('/files/'));
    const [first, ...others] = requests.map(({ headers }) => headers.range);
    expect(first).toBeUndefined();
    expect(others).toEqual(engine === 'native' ? [] : [expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  });

  journey.for(engines)('ends although the visitor leaves at once (%s)', async (engine, { server, start, expect }) => {
    server.pages.set('/', button(engine));
    server.pages.set('/elsewhere', '<!doctype html><title>Elsewhere</title>');
    const tab = await (await start(name)).open(`${server.origin}/`);
    await begin(tab);
    await tab.click('bg-fetch-button', '[data-action=abort]');
    await says(tab, 'bg-fetch-button', 'Cancelled');
    await tab.goto(`${server.origin}/elsewhere`);
    expect(await tab.evaluate(moving, engine)).toHaveLength(1);
    await expect.poll(() => tab.evaluate(moving, engine)).toEqual([]);
    await tab.goto(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'aborted');
  });
});
