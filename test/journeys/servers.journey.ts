/**
 * Servers of every kind, header by header, in every browser and with both engines: how each download ends, and the bytes that are answered
 * afterwards, with the server gone.
 */
import { createHash } from 'node:crypto';
import { describe } from 'vitest';
import type {} from '../../src/index.js';
import { until, type TestPage } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/launch.js';
import { bytesOf } from '../server/content.js';
import type { TestServer } from '../server/server.js';
import { journey } from './journey.js';
import { page } from './stage.js';
import { LEFT_TO_THE_PAGE, ROWS, STUCK, type Row } from './servers.js';

const SEED = 'words';
const ENDED = ['done', 'failed'];
const PATIENCE = { timeout: 240_000 };

/** One download as the page is asked for it. */
interface Begun {
  readonly id: string;
  readonly url: string;
  readonly range: string;
  readonly isStuck: boolean;
}

interface Stored {
  readonly status: number;
  readonly size: number;
  readonly sha256: string;
  readonly range: string | null;
  readonly part: number[];
}

function urlOf(
  { file = 'file.bin', size = 300 * 1024, query, at, fragment = '' }: Row,
  index: number,
  server: TestServer,
): string {
  const origin = at === 'another origin' ? server.otherOrigin : server.origin;
  return `${origin}/files/row-${index}/${file}?size=${size}&seed=${SEED}${query && `&${query}`}${fragment}`;
}

/** Where the range that is asked for begins and ends, `end` exclusive. */
function partOf(size: number): [start: number, end: number] {
  return [Math.floor(size / 3), Math.min(Math.floor(size / 3) + 100, size)];
}

/** The page's client starts them; resolves with what each start was refused with. */
async function start(tab: TestPage, begun: readonly Begun[]): Promise<(string | null)[]> {
  // WebKit's driver gives an evaluation half a minute.
  await tab.evaluate(
    (all) => {
      const { client } = document.querySelector('bg-fetch-provider')!;
      const refused: (string | null)[] = [];
      Object.assign(globalThis, { refused });
      const startAll = async (): Promise<void> => {
        for (const { id, url, range } of all) {
          const request = range ? new Request(url, { headers: { range } }) : url;
          const started = client!.start(id, [request]);
          refused.push(
            await started.then(
              () => null,
              (error: unknown) => String(error),
            ),
          );
        }
      };
      void startAll();
    },
    [...begun],
  );
  return until(
    'all to be started',
    async () => {
      const refused = await tab.evaluate(() => (globalThis as unknown as { refused: (string | null)[] }).refused);
      return refused.length === begun.length && refused;
    },
    PATIENCE,
  );
}

/** The same with a click for each, once the browser's own engine is through with the one before: it moves one at a time. */
async function startOneByOne(tab: TestPage, begun: readonly Begun[]): Promise<(string | null)[]> {
  const refused: (string | null)[] = [];
  for (const each of begun) {
    await tab.click('body');
    refused.push(...(await start(tab, [each])));
    await until(
      `the browser to be through with ${each.url}`,
      async () => {
        const { engine, status } = (await recordsOf(tab)).find(({ id }) => id === each.id) ?? {};
        if (status === 'stalled' && each.isStuck) await moveInPage(tab, each.id);
        return engine !== 'native' || ENDED.includes(status ?? '');
      },
      PATIENCE,
    );
  }
  return refused;
}

/** What the offer to go on in the page does, once the browser's own engine is silent. */
function moveInPage(tab: TestPage, id: string) {
  return tab.evaluate((of) => void document.querySelector('bg-fetch-provider')!.client!.moveInPage(of), id);
}

/** How far the downloads of this page are. */
function recordsOf(tab: TestPage) {
  return tab.evaluate(() =>
    document
      .querySelector('bg-fetch-provider')!
      .client!.records.values()
      .map(({ id, engine, status, failureReason, failureDetail }) => ({ id, engine, status, failureReason, failureDetail })),
  );
}

/** What the page gets for an address now. */
function stored(tab: TestPage, url: string, first: number, last: number): Promise<Stored> {
  return tab.evaluate(
    async (address, from, to) => {
      const response = await fetch(address);
      const bytes = await response.arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const part = from <= to ? await fetch(address, { headers: { range: `bytes=${from}-${to}` } }) : undefined;
      return {
        status: response.status,
        size: bytes.byteLength,
        sha256: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''),
        range: part?.headers.get('content-range') ?? null,
        part: part ? [...new Uint8Array(await part.arrayBuffer())] : [],
      };
    },
    url,
    first,
    last,
  );
}

/** Runs the rows in one page; gives what differs from what they expect. */
async function differences(
  tab: TestPage,
  server: TestServer,
  rows: readonly Row[],
  engine: 'native' | 'in-page',
): Promise<unknown[]> {
  const begun = rows.map((row, index) => ({
    id: `row-${index}`,
    url: urlOf(row, index, server),
    range: row.range ?? '',
    isStuck: STUCK.has(row.name),
  }));
  const refused = await (engine === 'native' ? startOneByOne(tab, begun) : start(tab, begun));
  const records = await until(
    'all to end',
    async () => {
      const ended = (await recordsOf(tab)).filter(({ status }) => ENDED.includes(status));
      return ended.length === rows.filter(({ end }) => end !== 'refused').length && ended;
    },
    PATIENCE,
  );
  await server.stop();
  const wrong: unknown[] = [];
  for (const [index, { name, end = 'done', size = 300 * 1024 }] of rows.entries()) {
    const record = records.find(({ id }) => id === `row-${index}`);
    const got = refused[index] ? 'refused' : record?.status === 'failed' ? record.failureReason : record?.status;
    const mover = engine === 'native' && (LEFT_TO_THE_PAGE.has(name) || STUCK.has(name)) ? 'in-page' : engine;
    if (got !== end || (record && record.engine !== mover))
      wrong.push({ name, got, by: record?.engine, detail: refused[index] ?? record?.failureDetail });
    else if (end === 'done') {
      const [from, to] = partOf(size);
      const there = await stored(tab, begun[index]!.url, from, to - 1).catch((error: unknown) => String(error));
      const whole = bytesOf(SEED, 0, size);
      const sha256 = createHash('sha256').update(whole).digest('hex');
      const range = size > 0 ? `bytes ${from}-${to - 1}/${size}` : null;
      const right = { status: 200, size, sha256, range, part: [...whole.subarray(from, to)] };
      if (JSON.stringify(there) !== JSON.stringify(right)) wrong.push({ name, there: { ...(there as object), part: [] } });
    }
  }
  return wrong;
}

/** The native engine waits 20 s before it tries again, and moves nothing else meanwhile: the rows are shared by browsers. */
const SHARES = 7;
const WAYS = [
  ...BROWSERS.map((browser) => ({ browser, engine: 'in-page' as const, way: 'in the page', rows: ROWS })),
  ...(BROWSERS.includes('chromium') ? Array.from({ length: SHARES }, (_none, share) => share) : []).map((share) => ({
    browser: 'chromium' as const,
    engine: 'native' as const,
    way: `by its own engine, share ${share + 1} of ${SHARES}`,
    rows: ROWS.filter((_row, index) => index % SHARES === share),
  })),
];

describe('a server of every kind', { concurrent: true }, () => {
  journey.for(WAYS)(
    'in $browser, $way',
    { timeout: 480_000 },
    async ({ browser: name, engine, rows }, { server, start: launch, expect }) => {
      const choice = engine === 'native' ? 'auto' : engine;
      server.pages.set('/', page(`<bg-fetch-provider service-worker="/sw.js" engine="${choice}"></bg-fetch-provider>`));
      const browser = await launch(name);
      const tab = await browser.open(`${server.origin}/`);
      await until('a worker that controls the page', () =>
        tab.evaluate(
          () => navigator.serviceWorker.controller !== null && document.querySelector('bg-fetch-provider')?.client !== undefined,
        ),
      );
      expect(await differences(tab, server, rows, engine)).toEqual([]);
    },
  );
});
