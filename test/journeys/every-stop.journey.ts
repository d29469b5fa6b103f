/**
 * The worker is stopped before, at every write of, and after every command and every end event: no call is left without an answer, no
 * record is lost, no file is half, and all is right when a page of the site is open next.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import type { TestBrowser } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { journey } from './journey.js';
import { SIZE, Stops, type Act, type Case } from './stops.js';

const begin: Act = (id, urls) => document.querySelector('bg-fetch-provider')!.client!.start(id, urls);
const held: Act = (id, urls) => {
  Object.defineProperty((navigator as unknown as { connection: object }).connection, 'saveData', {
    value: true,
    configurable: true,
  });
  return document.querySelector('bg-fetch-provider')!.client!.start(id, urls, { wifiOnly: true });
};
const abort: Act = (id) => document.querySelector('bg-fetch-provider')!.client!.abort(id);
const discard: Act = (id) => document.querySelector('bg-fetch-provider')!.client!.discard(id);
const nothing: Act = () => undefined;

const done = { status: 'done', result: 'success', downloaded: SIZE } as const;
const inPage = { engine: 'in-page', files: ['size=200k'], end: done } as const;

const COMMANDS: Case[] = [
  { ...inPage, what: 'start', at: 'register', act: begin },
  {
    ...inPage,
    what: 'a refused start',
    at: 'refuse',
    act: (id, urls) =>
      document
        .querySelector('bg-fetch-provider')!
        .client!.start(id, urls, { downloadTotal: 2 ** 52 })
        .catch((error: unknown) => {
          if ((error as Error).name !== 'QuotaExceededError') throw error;
        }),
    end: { status: 'failed', failureReason: 'quota-exceeded' },
    kept: [false],
  },
  { ...inPage, what: 'a start that waits for the line', at: 'hold', act: held },
  { ...inPage, what: 'progress', at: 'note', engine: 'native', files: ['size=200k&rate=100k'], act: begin, over: 'done' },
  {
    ...inPage,
    what: 'the check of a hash',
    at: 'verified',
    act: (id, [url = ''], integrity) =>
      document.querySelector('bg-fetch-provider')!.client!.start(id, new Request(url, { integrity })),
    over: 'done',
  },
  {
    ...inPage,
    what: 'abort before the start',
    at: 'abandon',
    arrange: held,
    act: abort,
    end: { status: 'aborted' },
    kept: [false],
  },
  {
    ...inPage,
    what: 'list',
    at: 'list',
    arrange: begin,
    act: async (id) => {
      const all = await document.querySelector('bg-fetch-provider')!.client!.list();
      if (!all.some((record) => record.id === id)) throw new Error(`${id} is not in the list.`);
    },
  },
  {
    ...inPage,
    what: 'discard',
    at: 'discard',
    arrange: begin,
    from: 'done',
    act: discard,
    end: undefined,
    kept: [false],
  },
  {
    ...inPage,
    what: 'restore',
    at: 'restore',
    arrange: begin,
    from: 'done',
    before: discard,
    act: (id) => document.querySelector('bg-fetch-provider')!.client!.restore(id),
  },
  {
    ...inPage,
    what: 'retry',
    at: 'register',
    files: ['size=200k&status=404&times=1'],
    arrange: begin,
    from: 'failed',
    act: (id) => document.querySelector('bg-fetch-provider')!.client!.retry(id),
  },
];

const ENDS: Case[] = (['native', 'in-page'] as const).flatMap(
  (engine) =>
    [
      {
        what: `success (${engine})`,
        at: 'backgroundfetchsuccess',
        engine,
        files: ['size=200k&rate=400k', 'size=200k&rate=400k'],
        arrange: begin,
        act: nothing,
        over: 'done',
        leaves: true,
        end: { ...done, downloaded: 2 * SIZE },
      },
      {
        what: `failure (${engine})`,
        at: 'backgroundfetchfail',
        engine,
        files: ['size=200k&rate=400k', 'status=404'],
        arrange: begin,
        act: nothing,
        over: 'failed',
        leaves: true,
        end: { status: 'failed', failureReason: 'bad-status' },
        kept: [true, false],
      },
      {
        what: `abort (${engine})`,
        at: 'backgroundfetchabort',
        engine,
        files: ['size=200k&rate=20k'],
        arrange: begin,
        act: abort,
        over: 'aborted',
        leaves: true,
        end: { status: 'aborted', failureReason: 'aborted' },
        kept: [false],
      },
    ] satisfies Case[],
);

// Only Chromium can be told to stop its workers.
describe.runIf(BROWSERS.includes('chromium'))('in chromium', { concurrent: true }, () => {
  let shared: TestBrowser;
  beforeAll(async () => {
    shared = await launch('chromium');
  });
  afterAll(() => shared.dispose());

  // A browser moves one of its own fetches at a time, of whatever origin: each case of those has one to itself.
  journey.for([...ENDS, ...COMMANDS])('loses nothing of $what', async (each, { start }) => {
    await new Stops(each).run(each.engine === 'native' ? await start('chromium') : shared);
  });
});
