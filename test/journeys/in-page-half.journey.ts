/** The worker's script loads the in-page engine's half, which lies beside it. */
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { TestBrowser } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import type { TestServer } from '../server/server.js';
import { journey } from './journey.js';
import { fetched, page, reaches, whole } from './stage.js';

const FILE = '/files/half.bin?seed=half&size=1M';
const WORKER = 'service-worker.js';
const HALF = 'service-worker-in-page.js';

async function put(server: TestServer, folder: string, ...names: string[]): Promise<void> {
  for (const name of names)
    server.pages.set(folder + name, await readFile(new URL(`../../dist/cdn/${name}`, import.meta.url), 'utf8'));
  server.pages.set(
    '/',
    page(`<bg-fetch-provider service-worker="${folder}${WORKER}" scope="/" engine="in-page">
      <bg-fetch-button fetch-id="half" src="${FILE}"></bg-fetch-button></bg-fetch-provider>`),
  );
}

/** Downloads the file, and has it without the server. */
async function serves(browser: TestBrowser, server: TestServer): Promise<void> {
  const tab = await browser.open(`${server.origin}/`);
  await reaches(tab, 'bg-fetch-button', 'idle');
  await tab.click('bg-fetch-button', 'button');
  await reaches(tab, 'bg-fetch-button', 'done');
  await server.stop();
  expect(await fetched(tab, FILE)).toEqual(whole('half', 1024 * 1024));
}

describe.each(BROWSERS)('in %s', (name) => {
  journey.for(['/', '/deep/down/'])('is there where both lie in %s', async (folder, { server, start }) => {
    await put(server, folder, WORKER, HALF);
    await serves(await start(name), server);
  });

  journey('may be taken in first', async ({ server, start }) => {
    await put(server, '/', HALF);
    const worker = await readFile(new URL(`../../dist/cdn/${WORKER}`, import.meta.url), 'utf8');
    server.pages.set(`/${WORKER}`, `importScripts('/${HALF}');\n${worker}`);
    await serves(await start(name), server);
  });

  journey('is missed at once: no worker is installed, and the page remembers by itself', async ({ server, start }) => {
    await put(server, '/', WORKER);
    const tab = await (await start(name)).open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'done');
    expect(await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active ?? null)).toBeNull();
  });
});
