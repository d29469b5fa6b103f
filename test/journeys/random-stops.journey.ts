/** Twenty downloads while the worker is stopped a hundred times at random: no call hangs, no record is lost, no file is half. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { fetched, page, whole } from './stage.js';

const DOWNLOADS = 20;
const STOPS = 100;
const SIZE = 700 * 1024;
const urlOf = (id: string) => `/files/${id}.bin?seed=${id}&size=${SIZE}&rate=100k`;

const PATIENCE = { timeout: 120_000 };
const ENDED = ['done', 'failed', 'aborted', 'evicted', 'gone'];

/** Two tries of five seconds each, and what the machine is slow by. */
const LONGEST_CALL = 12_000;

// Only Chromium can be told to stop its workers.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set('/', page('<bg-fetch-provider service-worker="/sw.js"></bg-fetch-provider>'));
    browser = await launch('chromium');
    tab = await browser.open(`${server.origin}/`);
    await tab.evaluate(() => document.querySelector('bg-fetch-provider')!.client!.list());
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  /** Runs a command of the page's client and says what it gave and how long it took, or what it rejected with. */
  const call = (command: 'start' | 'list' | 'discard' | 'restore' | 'abort' | 'retry', ...args: unknown[]) =>
    tab.evaluate(
      async (name, given) => {
        const { client } = document.querySelector('bg-fetch-provider')!;
        const begun = performance.now();
        try {
          const gave = await (client![name as 'list'] as (...args: unknown[]) => Promise<unknown>).apply(client, given);
          return { gave: gave === true, took: performance.now() - begun, error: '' };
        } catch (error) {
          return { gave: false, took: performance.now() - begun, error: String(error) };
        }
      },
      command,
      args,
    );

  /** What the page knows of each; what was removed is as good as gone. */
  const statuses = (ids: string[]) =>
    tab.evaluate((all) => {
      const { records } = document.querySelector('bg-fetch-provider')!.client!;
      return all.map((id) => {
        const { status, discardedAt } = records.get(id) ?? {};
        return { id, status: discardedAt || !status ? 'gone' : status };
      });
    }, ids);

  it('loses nothing', { timeout: 240_000 }, async () => {
    const calls: { command: string; id: string; gave: boolean; took: number; error: string }[] = [];
    const run = async (command: Parameters<typeof call>[0], id = '', ...args: unknown[]) => {
      calls.push({ command, id, ...(await call(command, id, ...args)) });
    };
    const start = (id: string) => run('start', id, urlOf(id), { title: id });
    const ids = Array.from({ length: DOWNLOADS }, (_none, i) => `stops-${i}`);
    const starts = ids.map(start);
    for (let stop = 0; stop < STOPS; stop++) {
      const id = `stops-${Math.floor(Math.random() * DOWNLOADS)}`;
      const asked =
        stop % 4 === 0
          ? [run('discard', id).then(() => run('restore', id))]
          : stop % 9 === 0
            ? [run('abort', id)]
            : [run('list')];
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      await browser.stopServiceWorkers();
      await Promise.all(asked);
    }
    await Promise.all(starts);
    // What was aborted has ended when the worker has heard of it, which it may have missed at first.
    const aborted = calls.filter(({ command, gave }) => command === 'abort' && gave).map(({ id }) => id);
    await expect
      .poll(async () => (await statuses(aborted)).filter(({ status }) => !ENDED.includes(status)), PATIENCE)
      .toEqual([]);
    for (const id of ids) await run('restore', id);
    const found = await statuses(ids);
    for (const id of ids) {
      const { status } = found.find((one) => one.id === id)!;
      if (status === 'aborted') await run('retry', id);
      if (status !== 'gone' && status !== 'failed') continue;
      // Its start was refused, or its removal could not be undone in time: the caller was told.
      expect(calls.filter((each) => each.id === id && each.error !== '')).not.toEqual([]);
      await start(id);
    }

    await expect.poll(async () => (await statuses(ids)).filter(({ status }) => status !== 'done'), PATIENCE).toEqual([]);
    for (const id of ids) expect(await fetched(tab, urlOf(id))).toEqual(whole(id, SIZE));
    expect(calls.filter(({ took }) => took > LONGEST_CALL)).toEqual([]);
    // A call may come too late for its download (it was gone, or had not begun); it may not be left without an answer.
    expect(calls.map(({ error }) => error).filter((error) => error.startsWith('TimeoutError'))).toEqual([]);
  });
});
