/** What a manager makes right when it wakes: taken bytes, orphans, an interrupted end. */
import { beforeEach, expect, it } from 'vitest';
import { deleteBody, listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { database, readRecord } from '../../src/manager/database.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { Manager } from '../../src/manager/manager.js';
import { responsesOf } from '../../src/manager/response-store.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from '../client/client.js';

let client: BgFetchClient;
beforeEach(() => {
  client = new BgFetchClient();
});

async function writeRecord(record: FetchRecord): Promise<void> {
  await database(['records'], 'readwrite', (records) => records.put(record));
}

async function download(...urls: string[]): Promise<string> {
  const id = crypto.randomUUID();
  await client.start(id, urls);
  await record(client, id, ({ status }) => status === 'done');
  return id;
}

it('detects evicted files at the start', async () => {
  const id = await download(fileUrl('size=10k'));
  const [stored] = await responsesOf(id);
  await deleteBody(stored!.body as Parameters<typeof deleteBody>[0]);
  const later = new BgFetchClient();
  expect(await later.get(id)).toMatchObject({ status: 'evicted' });
});

it('shows the stored record until it is checked, and corrects it by itself', async () => {
  const id = await download(fileUrl('size=10k'));
  const [stored] = await responsesOf(id);
  await deleteBody(stored!.body as Parameters<typeof deleteBody>[0]);
  const later = new BgFetchClient();
  await later.ready;
  expect(later.records.get(id)).toMatchObject({ status: 'done' });
  await record(later, id, ({ status }) => status === 'evicted');
});

it('downloads evicted files again', async () => {
  const id = await download(fileUrl('size=10k'));
  const [stored] = await responsesOf(id);
  await deleteBody(stored!.body as Parameters<typeof deleteBody>[0]);
  await client.list();
  await record(client, id, ({ status }) => status === 'evicted');
  await client.retry(id);
  expect(await record(client, id, ({ status }) => status === 'done')).toMatchObject({ downloaded: 10 * 1024 });
});

it('deletes the bytes of a download without a record', async () => {
  const id = await download(fileUrl('size=10k'));
  const [stored] = await responsesOf(id);
  await database(['records'], 'readwrite', (records) => records.delete(id));
  await client.list();
  expect(await responsesOf(id)).toEqual([]);
  expect((await listBodies()).map(({ key }) => key)).not.toContain(stored!.body.key);
});

it('completes an interrupted end: stored files are kept, others are requested again', async () => {
  const [kept, lost] = [fileUrl('size=10k'), fileUrl('size=20k')];
  const id = await download(kept, lost);
  const done = (await readRecord(id))!;
  const [, second] = await responsesOf(id);
  await deleteBody(second!.body as Parameters<typeof deleteBody>[0]);
  await database(['responses'], 'readwrite', (responses) => responses.delete([id, 1]));
  const files = done.files.map((file) => ({ ...file, state: 'downloading' as const }));
  await writeRecord({ ...done, engine: 'native', status: 'saving', result: '', files });

  const later = new BgFetchClient();
  await later.ready;
  expect(await record(later, id, ({ status }) => status === 'done')).toMatchObject({ downloaded: 30 * 1024 });
  expect(await requestsOf(kept)).toHaveLength(1);
  expect(await requestsOf(lost)).toHaveLength(2);
});

it('is done if all files were stored before the end was interrupted', async () => {
  const id = await download(fileUrl('size=10k'));
  const done = (await readRecord(id))!;
  const files = done.files.map((file) => ({ ...file, state: 'downloading' as const }));
  await writeRecord({ ...done, engine: 'native', status: 'saving', result: '', files });
  await client.list();
  expect(await readRecord(id)).toMatchObject({ status: 'done', result: 'success', downloaded: 10 * 1024 });
});

it('does not start an ended download again when `register` is repeated', async () => {
  const manager = new Manager(() => []);
  const plan = {
    id: crypto.randomUUID(),
    title: '',
    icons: [],
    downloadTotal: 0,
    engine: 'native',
    startedAt: Date.now(),
  } as const;
  const requests = [await toPlainRequest(new Request(fileUrl('size=10k')))];
  const record = await manager.register({ ...plan, requests });
  await manager.abandon(plan.id);
  expect(await manager.register({ ...plan, requests })).toMatchObject({ status: 'aborted', startedAt: record.startedAt });
  expect(await manager.register({ ...plan, requests, startedAt: plan.startedAt + 1 })).toMatchObject({ status: 'starting' });
});

it('fails if files are gone before their verification', async () => {
  const id = await download(fileUrl('size=10k'));
  const done = (await readRecord(id))!;
  const [stored] = await responsesOf(id);
  await deleteBody(stored!.body as Parameters<typeof deleteBody>[0]);
  await writeRecord({ ...done, status: 'saving', result: '', verifying: true });
  await client.list();
  const failed = await record(client, id, ({ status }) => status === 'failed');
  expect(failed).toMatchObject({ failureReason: 'fetch-error', files: [{ state: 'failed', downloaded: 0 }] });
});

it.each([
  ['starting, that no engine has known for half a minute', { status: 'starting', changedAt: Date.now() - 31_000 }],
  ['that had begun, and that no engine knows', { status: 'downloading', changedAt: Date.now() }],
] as const)('ends a download %s, and begins it again by itself', async (_what, change) => {
  const done = (await readRecord(await download(fileUrl('size=10k'))))!;
  const files = done.files.map((file) => ({ ...file, state: 'downloading' as const }));
  const id = crypto.randomUUID();
  await writeRecord({ ...done, id, files, result: '', ...change });
  await client.list();
  expect(await record(client, id, ({ status }) => status === 'failed')).toMatchObject({ failureReason: 'fetch-error' });
  await record(client, id, ({ status }) => status === 'done');
});

it('does not change a download that its page may be starting', async () => {
  const id = await download(fileUrl('size=10k'));
  const done = (await readRecord(id))!;
  await writeRecord({ ...done, status: 'starting', result: '', changedAt: Date.now() });
  await client.list();
  expect((await readRecord(id))?.status).toBe('starting');
});

it('deletes expired downloads with their files when another one is stored', async () => {
  const [older, newer] = [await download(fileUrl('size=10k')), await download(fileUrl('size=10k'))];
  await new Manager(() => [], { retention: { maxCount: 1 } }).list();
  expect(await readRecord(older)).toBeUndefined();
  expect(await responsesOf(older)).toEqual([]);
  expect(await responsesOf(newer)).toHaveLength(1);
});
