/** A record is done only with the bytes of its own attempt: those of earlier downloads of the same id never count for it. */
import { beforeEach, expect, it } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { database, readRecord } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { responsesOf } from '../../src/manager/response-store.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from '../client/client.js';
import { NONE } from './hash.js';

let client: BgFetchClient;
beforeEach(() => {
  client = new BgFetchClient();
});

async function download(id: string, ...urls: string[]): Promise<FetchRecord> {
  await client.start(id, urls);
  return record(client, id, ({ status }) => status === 'done');
}

async function plan(id: string, urls: readonly string[]) {
  const requests = await Promise.all(urls.map((url) => toPlainRequest(new Request(url))));
  return { id, title: '', icons: [], requests, downloadTotal: 0, engine: 'native', startedAt: Date.now() + 1 } as const;
}

async function change(id: string, next: (record: FetchRecord) => object): Promise<void> {
  const before = (await readRecord(id))!;
  await database(['records'], 'readwrite', (records) => records.put({ ...before, ...next(before) }));
}

it.each([
  ['another URL', true],
  ['the same URL', false],
])('is not done if a start with %s replaced the download and was interrupted', async (_what, other) => {
  const id = crypto.randomUUID();
  const url = fileUrl('size=10k');
  await download(id, url);
  const manager = new Manager(() => []);
  const urls = [other ? fileUrl('size=10k') : url];
  await manager.register({ ...(await plan(id, urls)), engine: 'in-page' });
  await change(id, () => ({ changedAt: Date.now() - 31_000 }));
  await manager.list();
  expect(await readRecord(id)).toMatchObject({ status: 'failed', downloaded: 0 });
});

it('is not done with files of two attempts if the end of the second was interrupted', async () => {
  const id = crypto.randomUUID();
  const urls = [fileUrl('size=10k'), fileUrl('size=10k'), fileUrl('size=10k')];
  await download(id, ...urls);
  const manager = new Manager(() => []);
  const { startedAt } = await manager.register(await plan(id, urls));
  const [first, second] = await responsesOf(id);
  for (const stored of [first!, second!])
    await database(['responses'], 'readwrite', (responses) => responses.put({ ...stored, startedAt }));
  await change(id, () => ({ status: 'saving' }));
  await manager.list();
  expect(await readRecord(id)).toMatchObject({
    status: 'failed',
    files: [{ state: 'done' }, { state: 'done' }, { state: 'waiting', downloaded: 0 }],
  });
  await record(client, id, ({ status }) => status === 'done');
  for (const [place, url] of urls.entries()) expect(await requestsOf(url)).toHaveLength(place < 2 ? 1 : 2);
});

it('deletes the files of earlier attempts once the download is done', async () => {
  const id = crypto.randomUUID();
  const [a, b, c, next] = [fileUrl('size=10k'), fileUrl('size=10k'), fileUrl('size=10k'), fileUrl('size=20k')];
  await download(id, a, b, c);
  const before = await responsesOf(id);
  await client.start(id, next);
  await record(client, id, ({ status, files }) => status === 'done' && files.length === 1);
  expect((await responsesOf(id)).map(({ url }) => url)).toEqual([next]);
  const bodies = (await listBodies()).map(({ key }) => key);
  for (const { body } of before) expect(bodies).not.toContain(body.key);
  for (const url of [a, b, c]) expect(await client.match(url)).toBeUndefined();
});

it('is done only if each of its own files is stored', async () => {
  const id = crypto.randomUUID();
  await download(id, fileUrl('size=10k'));
  const [stored] = await responsesOf(id);
  for (const index of [1, 2]) await database(['responses'], 'readwrite', (responses) => responses.put({ ...stored!, index }));
  await database(['responses'], 'readwrite', (responses) => responses.delete([id, 0]));
  await client.list();
  expect(await readRecord(id)).toMatchObject({ status: 'evicted' });
});

it('accepts files stored by 0.1, which name no attempt', async () => {
  const id = crypto.randomUUID();
  await download(id, fileUrl('size=10k'));
  const [stored] = await responsesOf(id);
  await database(['responses'], 'readwrite', (responses) => responses.put({ ...stored!, startedAt: undefined }));
  await client.list();
  expect(await readRecord(id)).toMatchObject({ status: 'done' });
});

it('requests a file of a failed download again if its stored bytes are gone', async () => {
  const id = crypto.randomUUID();
  const [good, bad] = [fileUrl('size=10k'), fileUrl('status=404&times=1')];
  await client.start(id, [good, bad]);
  await record(client, id, ({ status }) => status === 'failed');
  await database(['responses'], 'readwrite', (responses) => responses.delete([id, 0]));
  await client.list();
  await record(client, id, ({ files }) => files[0]?.state === 'failed');
  await client.retry(id);
  await record(client, id, ({ status }) => status === 'done');
  expect(await requestsOf(good)).toHaveLength(2);
});

it('requests a failed file again even if an earlier download of the id had stored it', async () => {
  const id = crypto.randomUUID();
  const [good, bad] = [fileUrl('size=10k'), fileUrl('size=10k&status=404&after=1&times=1')];
  await download(id, good, bad);
  await client.start(id, [good, bad]);
  await record(client, id, ({ status }) => status === 'failed');
  expect((await readRecord(id))?.files).toMatchObject([{ state: 'done' }, { state: 'failed' }]);
  await client.retry(id);
  await record(client, id, ({ status }) => status === 'done');
  expect(await requestsOf(good)).toHaveLength(2);
  expect(await requestsOf(bad)).toHaveLength(3);
});

it('asks again for a stored file of a failed download that is expected to have another hash', async () => {
  const id = crypto.randomUUID();
  const [good, bad] = [fileUrl('size=10k'), fileUrl('status=404&times=1')];
  await client.start(id, [good, bad]);
  await record(client, id, ({ status }) => status === 'failed');
  await client.start(id, [new Request(good, { integrity: NONE }), bad]);
  const failed = await record(client, id, ({ status, files }) => status === 'failed' && files[1]?.state === 'done');
  expect(failed).toMatchObject({ failureCause: 'integrity', files: [{ state: 'failed' }, { state: 'done' }] });
  expect(await requestsOf(good)).toHaveLength(2);
});
