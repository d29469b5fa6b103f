/** The page of an in-page download crashes, or all of WebKit is killed, again and again: the next page goes on, to the very bytes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS } from '../browsers/launch.js';
import { MiniBrowser } from '../browsers/mini-browser.js';
import { TestServer } from '../server/server.js';
import { page, whole } from './stage.js';

const MIB = 1024 * 1024;
/** `KILLS=10 KILL_SIZE=200` is the long run. */
const KILLS = Number(process.env.KILLS ?? 3);
const SIZE = Number(process.env.KILL_SIZE ?? 30) * MIB;
/** Slow enough that no kill comes too late, and that a busy browser is not far behind the server. */
const RATE = Math.round(SIZE / (4 * KILLS + 8));
const PATH = '/files/killed.bin';
const URL_OF_FILE = `${PATH}?seed=killed&size=${SIZE}&rate=${RATE}`;
/** What a kill may cost at most. */
const REFETCHED = 4 * MIB;
/** How long anything may take on a busy machine, in milliseconds. */
const TIMEOUT = 90_000;

/** Tells the server how far the download is, and in the end what came: nobody can ask this page. */
const TELLING = page(`<bg-fetch-provider service-worker="/sw.js"><bg-fetch-list></bg-fetch-list></bg-fetch-provider>
<script type="module">
  const tell = (what) => fetch('/files/told?size=0&' + new URLSearchParams({ what: JSON.stringify(what) }));
  const { client } = document.querySelector('bg-fetch-provider');
  await client.list();
  if (location.search === '?start') await client.start('killed', '${URL_OF_FILE}');
  for (let record; record?.status !== 'done'; record = client.records.get('killed')) {
    if (record) await tell({ downloaded: record.downloaded });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const response = await fetch('${URL_OF_FILE}');
  const bytes = await response.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  await tell({ whole: { status: response.status, size: bytes.byteLength, sha256 } });
</script>`);

/** Another tab of the visitor's: it opens the page when it is told to. */
const WAITING = `<!doctype html><title>Waiting</title><script type="module">
  while (!(await fetch('/opened')).ok) await new Promise((resolve) => setTimeout(resolve, 100));
  location.replace('/');
</script>`;

describe.runIf(BROWSERS.includes('webkit'))('in webkit', () => {
  let server: TestServer;
  let browser: MiniBrowser;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set('/', TELLING).set('/waiting', WAITING);
    browser = await MiniBrowser.create();
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  const asked = () => server.site.log.filter(({ url }) => url === URL_OF_FILE);
  const told = (): { downloaded?: number; whole?: object } => {
    const last = server.site.log.findLast(({ url }) => url.startsWith('/files/told'));
    return JSON.parse(new URL(last?.url ?? '/?what={}', server.origin).searchParams.get('what') ?? '') as object;
  };

  it('completes by itself', { timeout: 120_000 + KILLS * 60_000 }, async () => {
    browser.start(`${server.origin}/?start`, `${server.origin}/waiting`);
    for (let kill = 1; kill <= KILLS; kill++) {
      const mark = (SIZE * (kill - Math.random() * 0.8)) / (KILLS + 1);
      await expect.poll(() => told().downloaded, { timeout: TIMEOUT }).toBeGreaterThan(mark);
      const before = asked().length;
      if (kill % 2) {
        await browser.crash();
        server.pages.set('/opened', '');
      } else {
        await browser.kill();
        server.pages.delete('/opened');
        browser.start(`${server.origin}/`, `${server.origin}/waiting`);
      }
      await expect.poll(() => asked().length, { timeout: TIMEOUT }).toBeGreaterThan(before);
    }
    await expect.poll(() => told().whole, { timeout: TIMEOUT }).toEqual(whole('killed', SIZE));
    const starts = asked().map(({ headers }) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0));
    const ends = asked().map(({ sent }, i) => starts[i]! + (sent?.bytes ?? Infinity));
    const costs = starts.slice(1).map((start, i) => ends[i]! - start);
    expect(Math.max(...costs)).toBeLessThanOrEqual(REFETCHED);
  });
});
