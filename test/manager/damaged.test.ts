/** Damaged rows of the database harm no other download. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { database } from '../../src/manager/database.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { responsesOf, storedUrls } from '../../src/manager/response-store.js';
import { fileUrl } from '../setup/server.js';
import { record, workerClient } from '../client/client.js';

afterEach(async () => {
  vi.restoreAllMocks();
  for (const row of DAMAGED) await database(['records'], 'readwrite', (records) => records.delete(row.id));
});

const DAMAGED = [
  { id: 'bad', status: 'failed' },
  { id: 'bad', status: 'done', files: 'none', requests: null },
  { id: 'bad', status: 'downloading', files: [{}], requests: [{}], startedAt: 'yesterday', icons: [null] },
  { id: 7 as unknown as string, status: 'saving' },
];

async function write(row: object): Promise<void> {
  await database(['records'], 'readwrite', (records) => records.put(row as FetchRecord));
}

const clients = [
  ['in a worker', async () => (await workerClient()).client],
  ['in the page', () => Promise.resolve(new BgFetchClient())],
] as const;

describe.each(clients)('with the manager %s', (_where, connect) => {
  it.each(DAMAGED)('ignores the damaged record %j: others are listed, started and discarded', async (row) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    await write(row);
    const client = await connect();
    await expect(client.list()).resolves.not.toContainEqual(expect.objectContaining({ id: row.id }));
    const id = crypto.randomUUID();
    await client.start(id, fileUrl('size=10k'));
    await record(client, id, ({ status }) => status === 'done');
    await client.discard(id);
    await record(client, id, ({ discardedAt = 0 }) => discardedAt > 0);
    const said = warn.mock.calls.flat().filter((text) => String(text).includes(`"${row.id}" is damaged`));
    expect(said.length).toBeLessThanOrEqual(1);
  });

  it('deletes a damaged record with its files when it is discarded', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const client = await connect();
    const id = crypto.randomUUID();
    await client.start(id, fileUrl('size=10k'));
    await record(client, id, ({ status }) => status === 'done');
    const [stored] = await responsesOf(id);
    await write({ id: 'bad', status: 'failed' });
    await database(['responses'], 'readwrite', (responses) => responses.put({ ...stored!, id: 'bad' }));
    await client.list();
    expect(await responsesOf('bad')).toHaveLength(1);
    await client.discard('bad');
    expect(await database(['records'], 'readonly', (records) => records.get('bad'))).toBeUndefined();
    expect(await responsesOf('bad')).toEqual([]);
  });

  it('starts a download anew whose record is damaged', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    await write({ id: 'bad', status: 'failed' });
    const client = await connect();
    await client.start('bad', fileUrl('size=10k'));
    await record(client, 'bad', ({ status }) => status === 'done');
  });
});

it('answers from the other responses where one is damaged, and deletes it with its download', async () => {
  const client = new BgFetchClient();
  const [id, url] = [crypto.randomUUID(), fileUrl('size=10k')];
  await client.start(id, url);
  await record(client, id, ({ status }) => status === 'done');
  const bad = { id, index: 1, url, method: 'GET', storedAt: Date.now() + 1 };
  await database(['responses'], 'readwrite', (responses) => responses.put(bad as never));
  await client.list();
  expect((await client.match(url))?.status).toBe(200);
  expect([...(await storedUrls()).keys()]).toContain(url);
  await database(['records'], 'readwrite', (records) => records.delete(id));
  await client.list();
  expect(await database(['responses'], 'readonly', (responses) => responses.getAll(IDBKeyRange.bound([id], [id, []])))).toEqual(
    [],
  );
});
