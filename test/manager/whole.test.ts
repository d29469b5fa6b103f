/** What a record says of its bytes is checked against them, and a passing fault of the storage changes nothing. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BODY_OFFSET, openFolder } from '../../src/bytes/files.js';
import { BgFetchClient } from '../../src/client/client.js';
import { database, readRecord } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import type { StoredResponse } from '../../src/manager/database.js';
import { responsesOf } from '../../src/manager/response-store.js';
import { fileUrl } from '../setup/server.js';
import { record } from '../client/client.js';

const SIZE = 10 * 1024;
let client: BgFetchClient;
beforeEach(() => {
  client = new BgFetchClient();
});
afterEach(() => vi.restoreAllMocks());

async function download(): Promise<StoredResponse> {
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=10k'));
  await record(client, id, ({ status }) => status === 'done');
  return (await responsesOf(id))[0]!;
}

/** Writes into the file of a body, or cuts it, as a power failure leaves it. */
async function damage({ body }: StoredResponse, how: (file: FileSystemWritableFileStream) => Promise<void>): Promise<void> {
  const file = await (await openFolder()).getFileHandle(body.key);
  // The worker of the download may keep its file open for a moment.
  const writable = await vi.waitFor(() => file.createWritable({ keepExistingData: true }), { timeout: 30_000 });
  await how(writable);
  await writable.close();
}

const list = () => new Manager(() => []).list();
const status = async ({ id }: StoredResponse) => (await readRecord(id))?.status;

it('is evicted if its file is truncated', async ({ skip }) => {
  const stored = await download();
  if (stored.body.store !== 'opfs') return skip();
  await damage(stored, (file) => file.truncate(BODY_OFFSET + SIZE / 2));
  await list();
  expect(await status(stored)).toBe('evicted');
});

it('is evicted if unflushed bytes are lost', async ({ skip }) => {
  const stored = await download();
  if (stored.body.store !== 'opfs') return skip();
  await damage(stored, async (file) => {
    await file.write({ type: 'write', position: 0, data: Float64Array.of(SIZE, 4096, 12345) });
    await file.write({ type: 'write', position: BODY_OFFSET + 4096, data: new Uint8Array(SIZE - 4096) });
  });
  await list();
  expect(await status(stored)).toBe('evicted');
});

it('is evicted if pieces in the database are missing', async ({ skip }) => {
  const stored = await download();
  if (stored.body.store !== 'indexeddb') return skip();
  await database(['responses'], 'readwrite', (responses) =>
    responses.put({ ...stored, body: { ...stored.body, size: SIZE + 1 } }),
  );
  await list();
  expect(await status(stored)).toBe('evicted');
});

it('is done again if its files are whole', async () => {
  const stored = await download();
  const done = (await readRecord(stored.id))!;
  await database(['records'], 'readwrite', (records) => records.put({ ...done, status: 'evicted' }));
  await list();
  expect(await readRecord(stored.id)).toMatchObject({ status: 'done', result: 'success', downloaded: SIZE });
  await record(client, stored.id, (now) => now.status === 'done');
});

it('changes nothing while files cannot be listed', async ({ skip }) => {
  const stored = await download();
  if (stored.body.store !== 'opfs') return skip();
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('Internal error.', 'UnknownError'));
  await list();
  expect(await status(stored)).toBe('done');
  expect(warn.mock.calls.flat().join()).toContain('Internal error.');
  vi.restoreAllMocks();
  await list();
  expect(await status(stored)).toBe('done');
});
