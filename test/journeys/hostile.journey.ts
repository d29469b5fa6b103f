/** A page of the site speaks to the worker by hand, and wrongly: each call is answered with what is wrong, and nothing changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_VERSION } from '../../src/manager/api.js';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { page, reaches } from './stage.js';

const URL_OF_FILE = '/files/known.bin?size=10k';
const request = {
  url: 'https://a.test/1',
  method: 'GET',
  headers: [],
  mode: 'cors',
  credentials: 'same-origin',
  cache: 'default',
  redirect: 'follow',
  referrer: 'about:client',
  referrerPolicy: '',
  integrity: '',
};
const plan = { id: 'new', title: 'New', icons: [], requests: [request], downloadTotal: 0, engine: 'in-page' };

/** What JSON cannot carry into the page, by name. */
const [NOTHING, NOT_A_NUMBER, INFINITE, NOW] = ['=undefined', '=NaN', '=Infinity', '=now'];
const IDS: unknown[] = [NOTHING, null, 7, {}, [], ['known'], '', 'x'.repeat(1 << 20)];
const NOT_NUMBERS: unknown[] = [NOTHING, 'many', NOT_A_NUMBER, -1, INFINITE, {}];
const BY_ID = ['refuse', 'hold', 'note', 'verified', 'abandon', 'discard', 'restore'];

/** The command and its arguments; `NOW` stands for the time the known download was started. */
const CALLS: [command: string, ...args: unknown[]][] = [
  ...[NOTHING, null, 7, 'known', []].map((bad): [string, unknown] => ['expect', bad]),
  ...[
    ...IDS.map((id) => ({ id })),
    ...[NOTHING, {}, 'https://a.test/', [], [null], [7], [{ ...request, url: 7 }], [{ ...request, url: '/relative' }]].map(
      (requests) => ({ requests }),
    ),
    ...['javascript:alert(1)', 'data:,a', 'file:///etc/passwd', 'blob:null/1', 'wss://a.test/', 'http//a.test'].map((url) => ({
      requests: [{ ...request, url }],
    })),
    { requests: [{ ...request, method: 7 }] },
    { requests: [{ ...request, headers: 'none' }] },
    { requests: [{ ...request, headers: [7] }] },
    { requests: Array.from({ length: 10_000 }, () => request) },
    ...[NOTHING, null, 7, {}, 'x'.repeat(1 << 20)].map((title) => ({ title })),
    ...[NOTHING, 'icon.png', [null], [{}], [{ src: 7 }]].map((icons) => ({ icons })),
    ...[...NOT_NUMBERS, 1.5].map((downloadTotal) => ({ downloadTotal })),
    ...[NOTHING, 'warp', {}].map((engine) => ({ engine })),
    ...[7, {}].map((of) => ({ page: of })),
  ].map((change): [string, object] => ['expect', { ...plan, ...change }]),
  ...BY_ID.flatMap((command) => IDS.map((id): [string, unknown] => [command, id])),
  ...[NOTHING, null, 'gone', {}, { reason: 'bored' }, { reason: 'fetch-error', detail: 7 }].map(
    (failure): [string, string, unknown] => ['refuse', 'known', failure],
  ),
  ...NOT_NUMBERS.flatMap((bad): [string, ...unknown[]][] => [
    ['hold', 'known', bad],
    ['verified', 'known', bad, []],
    ['note', 'known', bad, 0, 0],
    ['note', 'known', NOW, bad, 0],
    ['note', 'known', NOW, 0, bad],
  ]),
  ...[NOTHING, 7, 'all', ['0'], [-1], [0.5], {}].map((bad): [string, ...unknown[]] => ['verified', 'known', NOW, bad]),
];

describe.runIf(BROWSERS.includes('chromium'))('in chromium', () => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set(
      '/',
      page(
        `<bg-fetch-provider service-worker="/sw.js" engine="in-page"><bg-fetch-button fetch-id="known" src="${URL_OF_FILE}&rate=1k"></bg-fetch-button></bg-fetch-provider>`,
      ),
    );
    browser = await launch('chromium');
    tab = await browser.open(`${server.origin}/`);
    await reaches(tab, 'bg-fetch-button', 'idle');
    await tab.click('bg-fetch-button', 'button');
    await reaches(tab, 'bg-fetch-button', 'downloading');
  });
  afterAll(async () => {
    await browser.dispose();
    await server.stop();
  });

  /** Calls over Comlink's wire, on ports of their own, and gives back how each was answered. */
  const answersTo = (calls: readonly (readonly unknown[])[]) =>
    tab.evaluate(
      async (version, given) => {
        const { active } = (await navigator.serviceWorker.getRegistration())!;
        const { startedAt } = document.querySelector('bg-fetch-button')!.record!;
        const named: Record<string, unknown> = { '=NaN': NaN, '=Infinity': Infinity, '=now': startedAt, '=undefined': undefined };
        const revived = (value: unknown): unknown => {
          if (typeof value === 'string') return value in named ? named[value] : value;
          if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
          return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revived(inner)]));
        };
        const ask = async ([command, ...args]: readonly unknown[]) => {
          const { port1, port2 } = new MessageChannel();
          const answer = new Promise<{ value?: { isError?: boolean; value: { name: string; message: string } } }>((resolve) => {
            port1.onmessage = ({ data }) => resolve(data as Awaited<typeof answer>);
          });
          const argumentList = args.map((arg) => ({ type: 'RAW', value: revived(arg) }));
          active!.postMessage({ bgFetch: 'call', version, id: 'asked', type: 'APPLY', path: [command], argumentList }, [port2]);
          const { value } = await answer;
          port1.close();
          return value?.isError ? `${value.value.name}: ${value.value.message}` : 'obeyed';
        };
        const answers = [];
        for (const call of given) answers.push(await ask(call));
        return answers;
      },
      API_VERSION,
      calls,
    );
  const records = () => tab.evaluate(async () => document.querySelector('bg-fetch-provider')!.client!.list());

  it('answers every bad argument in words, and changes nothing', async () => {
    const before = await records();
    const answers = await answersTo(CALLS);
    const unclear = CALLS.map((call, i) => [JSON.stringify(call).slice(0, 80), answers[i]] as const).filter(
      ([, answer]) =>
        !/^TypeError: Failed to \w+ background fetch .+\. |^TypeError: Failed to \w+ background fetch "/.test(answer ?? ''),
    );
    expect(unclear).toEqual([]);
    expect(await records()).toMatchObject(before.map(({ id, startedAt, title }) => ({ id, startedAt, title, result: '' })));
  });
});
