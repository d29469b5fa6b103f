/** A page of the site speaks to the worker by hand, and wrongly: each call is answered with what is wrong, and nothing changes. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_VERSION } from '../../src/manager/api.js';
import type { TestBrowser, TestPage } from '../browsers/browser.js';
import { BROWSERS, launch } from '../browsers/launch.js';
import { TestServer } from '../server/server.js';
import { page, reaches } from './stage.js';

const URL_OF_FILE = '/files/known.bin?size=10M';
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
  ...[NOTHING, null, 7, 'known', []].map((bad): [string, unknown] => ['register', bad]),
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
  ].map((change): [string, object] => ['register', { ...plan, ...change }]),
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

const EVENTS = ['push', 'install', 'notificationclick', 'fetch', 'error', 'backgroundfetchclick'];
const ENDS = ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'];

/** A site's own worker that says what it has heard, but for what it is asked. */
const WORKER = `importScripts('/dist/cdn/service-worker.js');
const heard = [];
for (const type of ${JSON.stringify([...EVENTS, ...ENDS])})
  addEventListener(type, (event) => event.isTrusted || heard.push(type));
addEventListener('message', ({ data, ports: [port] }) => data === 'heard' && port.postMessage(heard));`;

const WAYS = BROWSERS.flatMap((name) => {
  const engines = name === 'chromium' ? (['native', 'in-page'] as const) : (['in-page'] as const);
  return engines.map((engine) => ({ name, engine }));
});

describe.each(WAYS)('in $name ($engine)', ({ name, engine }) => {
  let server: TestServer;
  let browser: TestBrowser;
  let tab: TestPage;

  beforeAll(async () => {
    server = await TestServer.start();
    server.pages.set('/sw.js', WORKER);
    server.pages.set(
      '/',
      page(
        `<bg-fetch-provider service-worker="/sw.js" engine="${engine}"><bg-fetch-button fetch-id="known" src="${URL_OF_FILE}&rate=1k"></bg-fetch-button></bg-fetch-provider>`,
      ),
    );
    browser = await launch(name);
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
            // A slow worker says first that it works on the call.
            port1.onmessage = ({ data }: MessageEvent<Awaited<typeof answer> & { bgFetch?: string }>) => {
              if (data.bgFetch !== 'working') resolve(data);
            };
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
  const active = { id: 'known', engine, result: '', status: 'downloading' };

  it('answers every bad argument in words, and changes nothing', async () => {
    const before = await records();
    const answers = await answersTo(CALLS);
    const unclear = CALLS.map((call, i) => [JSON.stringify(call).slice(0, 80), answers[i]] as const).filter(
      ([, answer]) =>
        !/^TypeError: Failed to \w+ background fetch .+\. |^TypeError: Failed to \w+ background fetch "/.test(answer ?? ''),
    );
    expect(unclear).toEqual([]);
    expect(await records()).toMatchObject(before.map(({ startedAt, title }) => ({ ...active, startedAt, title })));
  });

  /** Posts messages with a port each; gives what was answered, and what the site's worker heard meanwhile. */
  const post = (messages: readonly unknown[]) =>
    tab.evaluate(async (given) => {
      const { active: worker } = (await navigator.serviceWorker.getRegistration())!;
      const answers: unknown[] = [];
      const send = (message: unknown) => {
        const { port1, port2 } = new MessageChannel();
        const answer = new Promise<unknown>((resolve) => {
          port1.onmessage = ({ data }: MessageEvent<{ bgFetch?: string }>) => {
            if (data.bgFetch !== 'working') resolve(data);
          };
        });
        worker!.postMessage(message, [port2]);
        return answer;
      };
      for (const message of JSON.parse(given) as unknown[]) void send(message).then((answer) => answers.push(answer));
      // The end of a fetch that is forgotten is settled at once, after all that came before it.
      const forgotten = { type: 'bg-fetch-event', event: 'backgroundfetchsuccess', uid: 'forgotten' };
      for (let turn = 0; turn < 20; turn++) await send(forgotten);
      return { heard: (await send('heard')) as string[], answers };
    }, JSON.stringify(messages));
  /** Returns the active fetch's key in the in-page engine's journal. */
  const uidOfFetch = () =>
    tab.evaluate(async () => {
      const opening = indexedDB.open('bg-fetch-journal');
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const database = opening.result;
      const all = database.transaction('fetches').objectStore('fetches').getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      database.close();
      return (all.result as { uid: string }[])[0]!.uid;
    });

  it('dispatches no event that a page makes up, and no end of a fetch that runs', async () => {
    const uid = engine === 'native' ? active.id : await uidOfFetch();
    const forged = [...EVENTS, ...ENDS].map((event) => ({ type: 'bg-fetch-event', event, uid }));
    // A fetch that is not in the journal counts as settled, without an event.
    const answers = engine === 'native' ? ENDS.map(() => 'settled') : [];
    expect(await post(forged)).toEqual({ heard: [], answers });
    expect(await records()).toMatchObject([active]);
  });

  it('does nothing on messages at random', async () => {
    const before = await records();
    const parts = ['type', 'event', 'uid', 'bgFetch', 'version', 'id', 'path', 'argumentList'];
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('bg-fetch-event', 'call', 'APPLY', 'SET', ['list'], 'push'));
    const messages = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...parts), value));
    expect(await post(fc.sample(messages, 500))).toEqual({ heard: [], answers: [] });
    expect(await records()).toMatchObject(before.map(({ startedAt }) => ({ ...active, startedAt })));
  });
});
