/** A download of an unknown size ends where the site's limit is exceeded, and leaves nothing. */
import { expect, it, vi } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { journal } from '../../src/engine/in-page/state/journal.js';
import { responsesOf } from '../../src/manager/response-store.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from './client.js';

const MIB = 1024 * 1024;
const EXCESS = { status: 'failed', failureReason: 'download-total-exceeded' };

it('rejects an endless body', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  const url = fileUrl('size=300M&length=none&rate=1M');
  await client.start(id, url, { maxSize: MIB });
  const rows = async () =>
    (await journal(['records'], 'readonly', (records) => records.getAll())).filter(({ request }) => request.url === url);
  const key = await vi.waitUntil(async () => (await rows())[0]?.body?.key, { timeout: 30_000 });
  expect(await record(client, id, ({ result }) => result !== '')).toMatchObject({
    ...EXCESS,
    failureDetail: `More than ${MIB} bytes were received, which is the site's limit.`,
  });
  await expect.poll(async () => (await requestsOf(url))[0]?.sent?.bytes).toBeLessThan(100 * MIB);
  expect(await client.match(url)).toBeUndefined();
  await expect.poll(rows).toEqual([]);
  await expect.poll(async () => (await listBodies()).map((body) => body.key)).not.toContain(key);
});

it('rejects a body that arrives at once', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  const url = fileUrl('size=10k&length=none');
  await client.start(id, url, { maxSize: 1000 });
  expect(await record(client, id, ({ result }) => result !== '')).toMatchObject({
    ...EXCESS,
    failureDetail: "More than 1000 bytes were received, which is the site's limit.",
  });
  expect(await client.match(url)).toBeUndefined();
  expect(await responsesOf(id)).toEqual([]);
});

it('accepts a body of exactly this size', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=1000'), { maxSize: 1000 });
  expect(await record(client, id, ({ result }) => result !== '')).toMatchObject({ status: 'done', downloaded: 1000 });
  await client.clear();
});

it('is checked before the start', async () => {
  const client = new BgFetchClient();
  await expect(client.start('large', fileUrl(), { maxSize: -1 })).rejects.toThrow(
    'Failed to start background fetch "large": maxSize is no whole number of bytes.',
  );
});
