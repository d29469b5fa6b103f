/** From a command in the page to a file that is stored, with the manager in a real worker and in the page. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp, server } from 'vitest/browser';
import { BgFetchClient, type StartOptions } from '../../src/client/client.js';
import { CALL, isWorking } from '../../src/manager/call.js';
import { createRecord } from '../../src/testing/records.js';
import { areBytesOf } from '../server/content.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { gone, record, retire, workerClient } from '../client/client.js';

const seed = 'road';
const file = (faults = 'size=300k') => fileUrl(`${faults}&seed=${seed}`);
const newId = () => `ep ${crypto.randomUUID()}`;

type Unfit = [what: string, requests: string | string[], options: object];
const UNFIT: Unfit[] = [
  ['10,000 requests', Array<string>(10_000).fill('/never-asked'), {}],
  ['a request in another scheme', 'javascript:alert(1)', {}],
  ['a title of 1 MiB', '/never-asked', { title: 'x'.repeat(1 << 20) }],
  ['a title that is no text', '/never-asked', { title: 7 }],
  ['pictures that are no list', '/never-asked', { icons: 'icon.png' }],
  ['a picture that is none', '/never-asked', { icons: [null] }],
  ['a picture without an address', '/never-asked', { icons: [{}] }],
  ...[-1, 1.5, NaN, Infinity, 'many'].map((downloadTotal): Unfit => [
    `a total of ${downloadTotal}`,
    '/never-asked',
    { downloadTotal },
  ]),
];

describe.each(['in a worker', 'in the page'])('the manager %s', (where) => {
  let client: BgFetchClient;
  let registration: ServiceWorkerRegistration | undefined;

  const warned = vi.spyOn(console, 'warn');

  beforeEach(async () => {
    if (where === 'in a worker') ({ client, registration } = await workerClient());
    else client = new BgFetchClient();
    await client.list();
    // The page would do without, and say so.
    if (where === 'in a worker') expect(warned).not.toHaveBeenCalledWith(expect.stringContaining('no service worker'));
  });
  afterEach(() => retire(registration));

  it('stores what was downloaded, and answers for it whole and by range', async () => {
    const id = newId();
    const url = file();
    const seen: string[] = [];
    client.subscribe((_id, now) => now && seen.at(-1) !== now.status && seen.push(now.status), { id });
    await client.start(id, url, { title: 'Episode 5', icons: [{ src: 'icon.png' }] });
    const done = await record(client, id, ({ status }) => status === 'done');

    expect(done).toMatchObject({ title: 'Episode 5', result: 'success', downloaded: 300 * 1024, downloadTotal: 300 * 1024 });
    expect(done.icons).toEqual([{ src: new URL('icon.png', document.baseURI).href }]);
    expect(seen.slice(-2)).toEqual(['saving', 'done']);
    const whole = await client.match(url);
    expect(whole?.status).toBe(200);
    expect(areBytesOf(seed, 0, new Uint8Array(await whole!.arrayBuffer()))).toBe(true);
    // What the page brought is not kept a second time to be served.
    expect(await (await caches.open('bg-fetch-elements')).keys()).toEqual([]);
    const part = await client.match(new Request(url, { headers: { range: 'bytes=1000-1999' } }));
    expect(part?.headers.get('content-range')).toBe(`bytes 1000-1999/${300 * 1024}`);
    expect(areBytesOf(seed, 1000, new Uint8Array(await part!.arrayBuffer()))).toBe(true);
  });

  it('answers for a part only where what the asker has is of the same version', async () => {
    const url = file();
    const id = newId();
    await client.start(id, url);
    await record(client, id, ({ status }) => status === 'done');
    const { headers } = (await client.match(url))!;
    const answers = [headers.get('etag')!, headers.get('last-modified')!, `W/${headers.get('etag')}`, '"another"'].map(
      async (version) => (await client.match(new Request(url, { headers: { range: 'bytes=0-9', 'if-range': version } })))?.status,
    );
    expect(await Promise.all(answers)).toEqual([206, 206, 200, 200]);
  });

  it('shows a download of an earlier visit to a new client', async () => {
    const id = newId();
    await client.start(id, file());
    await record(client, id, ({ status }) => status === 'done');
    const later = new BgFetchClient(registration ? { serviceWorker: registration } : {});
    expect(await later.get(id)).toMatchObject({ id, status: 'done' });
  });

  it('says what the server said of a missing file', async () => {
    const id = newId();
    await client.start(id, file('status=404'));
    const failed = await record(client, id, ({ status }) => status === 'failed');
    expect(failed).toMatchObject({ failureReason: 'bad-status', files: [{ state: 'failed', status: 404 }] });
  });

  it('sends what a request brings, and keeps the answer', async () => {
    const id = newId();
    const url = file('echo=on');
    await client.start(id, new Request(url, { method: 'POST', body: 'Grüße' }));
    expect(await record(client, id, ({ status }) => status === 'done')).toMatchObject({ downloaded: 7 });
    expect(await requestsOf(url)).toMatchObject([{ method: 'POST' }]);
  });

  it('remembers how much came of what failed in the page', async () => {
    const id = newId();
    const options = { ...(registration && { serviceWorker: registration }), engine: 'in-page' } as const;
    await new BgFetchClient(options).start(id, [file('size=10k'), file('status=404')]);
    await record(client, id, ({ status }) => status === 'failed');
    expect(await new BgFetchClient(options).get(id)).toMatchObject({ status: 'failed', downloaded: 10 * 1024 });
  });

  it('keeps eleven of twelve files and fetches only the missing one again', async () => {
    const id = newId();
    const urls = Array.from({ length: 11 }, () => file('size=10k'));
    const missing = file('size=10k&status=404&times=1');
    await client.start(id, [...urls, missing]);
    const failed = await record(client, id, ({ status }) => status === 'failed');
    expect(failed.files.filter(({ state }) => state === 'done')).toHaveLength(11);
    expect(await client.match(urls[0]!)).toBeDefined();
    await client.retry(id);
    await record(client, id, ({ status }) => status === 'done');
    for (const url of urls) expect(await requestsOf(url)).toHaveLength(1);
    expect(await requestsOf(missing)).toHaveLength(2);
  });

  it('aborts, and forgets the bytes', async () => {
    const id = newId();
    const url = file('size=2M&rate=200k');
    await client.start(id, url);
    await record(client, id, ({ downloaded }) => downloaded > 0);
    expect(await client.abort(id)).toBe(true);
    const aborted = await record(client, id, ({ status }) => status === 'aborted');
    expect(aborted).toMatchObject({ result: 'failure', failureReason: 'aborted' });
    expect(await client.match(url)).toBeUndefined();
    expect(await client.abort(id)).toBe(false);
  });

  it('is one download for a double click', async () => {
    const id = newId();
    const url = file();
    const [first, second] = await Promise.all([client.start(id, url), client.start(id, url)]);
    expect(first.startedAt).toBe(second.startedAt);
    await record(client, id, ({ status }) => status === 'done');
    expect(await requestsOf(url)).toHaveLength(1);
  });

  it('tells the second click of a double click what came of the first', async () => {
    const id = newId();
    const starts = [1, 2].map(() => client.start(id, file(), { downloadTotal: 2 ** 52 }));
    const refused = { status: 'rejected', reason: { name: 'QuotaExceededError' } };
    expect(await Promise.allSettled(starts)).toMatchObject([refused, refused]);
  });

  it('is one download when two pages start it, and both show it', async () => {
    const id = newId();
    const url = file();
    const other = new BgFetchClient(registration ? { serviceWorker: registration } : {});
    await Promise.all([client, other].map((each) => each.start(id, url)));
    for (const each of [client, other]) await record(each, id, ({ status }) => status === 'done');
    expect(await requestsOf(url)).toHaveLength(1);
  });

  it('restores what was discarded, or lets it go with its bytes', async () => {
    const id = newId();
    const url = file();
    await client.start(id, url);
    await record(client, id, ({ status }) => status === 'done');
    await client.discard(id);
    await record(client, id, ({ discardedAt }) => discardedAt !== undefined);
    await client.restore(id);
    await record(client, id, ({ discardedAt }) => discardedAt === undefined);
    expect(await client.match(url)).toBeDefined();
    await client.discard(id);
    await gone(client, id);
    expect(await client.match(url)).toBeUndefined();
  });

  it('says what the space comes to, and whether the browser will keep it', async () => {
    const id = newId();
    await client.start(id, file('size=2M'));
    await record(client, id, ({ status }) => status === 'done');
    const { usage, quota } = await client.estimate();
    expect(usage).toBeGreaterThanOrEqual(2 * 1024 * 1024);
    expect(quota).toBeGreaterThanOrEqual(usage);
    // Firefox asks a person.
    expect(server.browser === 'firefox' ? false : await client.persist()).toBe((await client.estimate()).persisted);
  });

  it.each(['start', 'pause', 'resume', 'abort', 'retry', 'moveInPage', 'discard', 'restore'] as const)(
    '%s() refuses in words what is no id, and changes nothing',
    async (command) => {
      const before = await client.list();
      for (const id of [undefined, null, 7, {}, '', 'x'.repeat(1 << 20)])
        await expect(client[command](id as string, file())).rejects.toThrow(
          /^Failed to \w+ background fetch ".{0,20}": its id .*\. /,
        );
      expect(await client.list()).toEqual(before);
    },
  );

  it.each(UNFIT)('start() refuses %s in words, and changes nothing', async (_what, requests, options) => {
    const id = newId();
    const before = await client.list();
    await expect(client.start(id, requests, options as StartOptions)).rejects.toThrow(
      new RegExp(`^Failed to start background fetch "${id}": `),
    );
    expect(await client.list()).toEqual(before);
    expect(client.records.get(id)).toBeUndefined();
  });

  it('takes any words for a title, and pictures of every scheme', async () => {
    const title = '<img src=x onerror=alert(1)>';
    const icons = ['javascript:alert(1)', 'data:,', 'blob:null/1', 'file:///etc/passwd', 'ftp://a.test/', 'http://['].map(
      (src) => ({ src }),
    );
    const id = newId();
    await client.start(id, file('size=10k'), { title, icons });
    expect(await record(client, id, ({ status }) => status === 'done')).toMatchObject({ title, icons });
  });

  it('refuses an empty list, another scheme and a download it does not know', async () => {
    const id = newId();
    await expect(client.start(id, [])).rejects.toThrow('there is nothing to fetch');
    await expect(client.start(id, 'data:text/plain,hello')).rejects.toThrow('is no http(s) URL');
    await expect(client.retry(id)).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(client.discard(id)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('the worker', () => {
  let registration: ServiceWorkerRegistration;
  let client: BgFetchClient;
  beforeEach(async () => {
    ({ client, registration } = await workerClient());
    await client.list();
  });
  afterEach(() => retire(registration));

  const collected = new FinalizationRegistry<() => void>((tell) => tell());
  const call = (path: string[], more = {}) => ({ ...CALL, id: 'asked', type: 'APPLY', path, argumentList: [], ...more });
  /** What is answered until the last of these messages is; each has a port of its own. */
  const answersTo = async (...messages: unknown[]) => {
    const answers: unknown[] = [];
    const last = messages.map((message) => {
      const { port1, port2 } = new MessageChannel();
      registration.active!.postMessage(message, [port2]);
      return new Promise<void>((resolve) => {
        port1.onmessage = ({ data }) => {
          // A slow worker says first that it works on the call.
          if (isWorking(data)) return;
          answers.push(data);
          resolve();
        };
      });
    });
    await last.at(-1);
    return answers;
  };

  it('obeys a command', async () => {
    expect(await answersTo(call(['list']))).toMatchObject([{ id: 'asked', type: 'RAW' }]);
  });

  it.each([
    ['a path to a constructor', call(['list', 'constructor'])],
    ['what every object has', call(['hasOwnProperty'])],
    ['what is no command', call(['settle'])],
    ['reading', { ...call(['list']), type: 'GET' }],
    ['writing', { ...call(['list']), type: 'SET', value: { type: 'RAW', value: 1 } }],
    ['constructing', { ...call(['list']), type: 'CONSTRUCT' }],
    ['an endpoint', { ...call([]), type: 'ENDPOINT' }],
  ])('answers nothing to %s', async (_what, message) => {
    expect(await answersTo(message, call(['list'], { id: 'after' }))).toMatchObject([{ id: 'after' }]);
  });

  it('answers a newer page with the name of what is wrong', async () => {
    const [answer] = await answersTo(call(['list'], { version: 99 }));
    expect(answer).toMatchObject({ value: { isError: true, value: { name: 'VersionError' } } });
  });

  it.runIf(server.browser === 'chromium')('says nothing more to the worker when a call is over and collected', async () => {
    const posted = vi.spyOn(registration.active!, 'postMessage');
    await client.list();
    await new Promise<void>((resolve) => {
      collected.register({}, resolve);
      void (cdp() as unknown as { send(method: string): Promise<void> }).send('HeapProfiler.collectGarbage');
    });
    await client.list();
    expect(posted).toHaveBeenCalledTimes(2);
  });

  it.each(['register', 'expect'])(
    'registers a download by the command "%s", which pages of version 1 call "expect"',
    async (name) => {
      const [request] = createRecord({ urls: [fileUrl()] }).requests;
      const plan = { id: newId(), title: '', icons: [], requests: [request], downloadTotal: 0, engine: 'in-page', startedAt: 1 };
      const version = name === 'expect' ? 1 : 2;
      const [answer] = await answersTo(call([name], { version, argumentList: [{ type: 'RAW', value: plan }] }));
      expect(answer).toMatchObject({ value: { id: plan.id, status: 'starting' } });
    },
  );

  it('refuses a plan that no page of this kit would send', async () => {
    const plan = {
      id: newId(),
      title: '',
      icons: [],
      requests: Array(10_000).fill({ url: location.href }),
      downloadTotal: 0,
      engine: 'native',
    };
    const [answer] = await answersTo(call(['register'], { argumentList: [{ type: 'RAW', value: plan }] }));
    expect(answer).toMatchObject({
      value: { value: { name: 'TypeError', message: expect.stringContaining('10000 requests') as string } },
    });
    expect(client.records.get(plan.id)).toBeUndefined();
  });
});
