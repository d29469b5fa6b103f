/** Credentials and bodies of requests stay in the database, and only as long as a retry may need them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { addFetch, deleteFetch, journal, partialBodiesOf } from '../../src/engine/in-page/state/journal.js';
import { database, readRecord } from '../../src/manager/database.js';
import { withoutSecrets } from '../../src/manager/secrets.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from '../client/client.js';

const TOKEN = 'Bearer S3CRET';
const PASSWORD = 'password=hunter2';
const WEEK = 7 * 24 * 60 * 60 * 1000;

const signed = (url: string) => new Request(url, { headers: { authorization: TOKEN, accept: 'audio/*' } });
const posted = (url: string) => new Request(url, { method: 'POST', body: PASSWORD, headers: { authorization: TOKEN } });

/** Everything that was said of downloads: on the channel and in the page. */
function listen(client: BgFetchClient): { readonly heard: unknown[]; close(): void } {
  const heard: unknown[] = [];
  const channel = new BroadcastChannel('bg-fetch-elements');
  channel.onmessage = ({ data }) => heard.push(data);
  client.subscribe((_id, now) => heard.push(now));
  return { heard, close: () => channel.close() };
}

function expectNoSecrets(said: unknown): void {
  const requests: unknown[] = [];
  const text = JSON.stringify(said, (name, value: unknown) => {
    if (name === 'body') requests.push(value);
    return value;
  });
  expect(requests).toEqual([]);
  expect(text).not.toContain('S3CRET');
  expect(text).not.toContain('hunter2');
}

describe.each(['in a worker', 'in the page'])('the manager %s', (where) => {
  let client: BgFetchClient;
  let other: BgFetchClient;
  let registration: ServiceWorkerRegistration | undefined;

  beforeEach(async () => {
    if (where === 'in a worker') ({ client, registration } = await workerClient());
    else client = new BgFetchClient();
    other = new BgFetchClient(registration ? { serviceWorker: registration } : {});
    await client.list();
  });
  afterEach(() => retire(registration));

  it('does not expose them while the download is active, and deletes them when it is done', async () => {
    const { heard, close } = listen(client);
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    await client.start(ids[0]!, signed(fileUrl('size=200k&rate=30k')));
    expect(JSON.stringify(await readRecord(ids[0]!))).toContain('S3CRET');
    await client.start(ids[1]!, posted(fileUrl('echo=on')));
    heard.push(await client.list(), await other.list());
    for (const id of ids) heard.push(await record(client, id, ({ status }) => status === 'done'));
    close();
    expect(heard.length).toBeGreaterThan(5);
    expectNoSecrets(heard);
    expectNoSecrets(await Promise.all(ids.map(readRecord)));
    expect((await readRecord(ids[0]!))!.requests[0]!.headers).toEqual([['accept', 'audio/*']]);
  });

  it('sends them again with a retry from another page', async () => {
    const id = crypto.randomUUID();
    const url = fileUrl('echo=on&status=404&times=1');
    await client.start(id, posted(url));
    await record(client, id, ({ status }) => status === 'failed');
    await other.list();
    expectNoSecrets(other.records.get(id));
    await other.retry(id);
    await record(other, id, ({ status }) => status === 'done');
    const asked = await requestsOf(url);
    expect(asked.map(({ method, headers }) => [method, headers.authorization, headers['content-length']])).toEqual([
      ['POST', TOKEN, String(PASSWORD.length)],
      ['POST', TOKEN, String(PASSWORD.length)],
    ]);
    expectNoSecrets(await readRecord(id));
  });

  it('refuses to repeat a request without its body', async () => {
    const id = crypto.randomUUID();
    await client.start(id, posted(fileUrl('echo=on')));
    await record(client, id, ({ status }) => status === 'done');
    await expect(client.retry(id)).rejects.toMatchObject({
      name: 'InvalidStateError',
      message: expect.stringContaining('its request body was deleted') as string,
    });
    expect((await client.get(id))?.status).toBe('done');
  });

  it('deletes them a week after a download failed, and what version 0.1 left of one that is done', async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    for (const id of ids) {
      await client.start(id, signed(fileUrl('status=404')));
      await record(client, id, ({ status }) => status === 'failed');
    }
    const [failed, done] = await Promise.all(ids.map((id) => readRecord(id)));
    await database(['records'], 'readwrite', (records) => {
      records.put({ ...failed!, changedAt: Date.now() - WEEK - 1 });
      const page = `${location.origin}/reset?token=S3CRET#S3CRET`;
      const files = done!.files.map((file) => ({ ...file, state: 'done', elsewhere: true }) as const);
      return records.put({ ...done!, files, status: 'done', result: 'success', failureReason: '', page });
    });
    await client.list();
    expectNoSecrets(await Promise.all(ids.map(readRecord)));
  });

  it('remembers the page without its query and fragment', async () => {
    const before = location.href;
    history.replaceState(null, '', '?reset-token=S3CRET#S3CRET');
    const id = crypto.randomUUID();
    await client.start(id, fileUrl('size=1k'));
    history.replaceState(null, '', before);
    expect((await readRecord(id))!.page).toBe(location.origin + location.pathname);
  });
});

it('keeps none with the partial file of a failed download', async () => {
  const uid = crypto.randomUUID();
  const scope = `test ${uid}`;
  const url = fileUrl();
  const told = { title: '', icons: [], downloadTotal: 0, uploadTotal: 0, startedAt: Date.now(), paused: false };
  const end = { result: 'failure', failureReason: 'fetch-error', failureDetail: '' } as const;
  const fetch = { uid, scope, id: uid, ...told, ...end };
  const part = { uid, index: 0, request: await toPlainRequest(signed(url)), uploaded: 0, length: 0, detail: '' } as const;
  await addFetch(fetch, [{ ...part, result: 'fetch-error' }]);
  await deleteFetch(fetch, [{ ...part, result: 'fetch-error' }]);
  const left = await journal(['records'], 'readonly', (records) => records.get([partialBodiesOf(scope), url]));
  expect(left?.request.url).toBe(url);
  expectNoSecrets(left);
});

it('returns the same record if there is nothing to remove', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1k'));
  const done = await record(client, id, ({ status }) => status === 'done');
  expect(withoutSecrets(done)).toBe(done);
});
