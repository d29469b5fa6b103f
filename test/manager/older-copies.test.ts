/** A copy that an earlier download of the same id stored stays, and is answered, until the new one is whole and has its hash. */
import { beforeEach, expect, it } from 'vitest';
import { listBodies } from '../../src/bytes/index.js';
import { BgFetchClient } from '../../src/client/client.js';
import { readRecord } from '../../src/manager/database.js';
import { responsesOf } from '../../src/manager/response-store.js';
import { fileUrl } from '../setup/server.js';
import { record } from '../client/client.js';
import { hashOf, NONE } from './hash.js';

let client: BgFetchClient;
let id: string;
beforeEach(() => {
  client = new BgFetchClient();
  id = crypto.randomUUID();
});

async function download(...requests: (string | Request)[]): Promise<void> {
  await client.start(id, requests);
  await record(client, id, ({ status }) => status === 'done');
}

/** Starts it anew, and waits for its end. */
async function anew(...requests: (string | Request)[]): Promise<unknown> {
  const { startedAt } = await client.start(id, requests);
  const isEnd = (status: string) => status === 'done' || status === 'failed';
  const { status, failureCause } = await record(client, id, (now) => now.startedAt === startedAt && isEnd(now.status));
  return { status, failureCause };
}

/** Says what is answered: its size, and when it was stored. */
async function answered(url: string): Promise<number | undefined> {
  return (await (await client.match(url))?.arrayBuffer())?.byteLength;
}

const mismatch = { status: 'failed', failureCause: 'integrity' };
const bodies = async () => (await listBodies()).map(({ key }) => key);

it.each([
  ['the same URL', false],
  ['another URL', true],
])('is still answered after downloads of %s with a wrong hash', async (_what, other) => {
  const url = fileUrl('size=10k');
  await download(url);
  const [older] = await responsesOf(id);
  const next = other ? fileUrl('size=20k') : url;
  for (let times = 0; times < 2; times++) {
    expect(await anew(new Request(next, { integrity: NONE }))).toEqual(mismatch);
    expect(await answered(url)).toBe(10 * 1024);
    expect(await answered(next)).toBe(other ? undefined : 10 * 1024);
  }
  expect((await responsesOf(id)).map(({ body }) => body.key)).toEqual([older!.body.key]);
  await client.list();
  expect(await readRecord(id)).toMatchObject(mismatch);
  expect(await answered(url)).toBe(10 * 1024);
});

it('is answered while the new file is verified, and deleted if that is right', async () => {
  const url = fileUrl('size=10k');
  const integrity = await hashOf(url);
  await download(url);
  const [older] = await responsesOf(id);
  const { promise: told, resolve: goOn } = Promise.withResolvers<undefined>();
  // Nobody verifies it meanwhile.
  const held = navigator.locks.request(`bg-fetch-elements:verify:${id}`, () => told);
  await client.start(id, new Request(url, { integrity }));
  await record(client, id, ({ verifying }) => verifying === true);
  expect(await answered(url)).toBe(10 * 1024);
  expect(await bodies()).toContain(older!.body.key);
  goOn(undefined);
  await held;
  const next = new BgFetchClient();
  await next.list();
  await record(next, id, ({ status }) => status === 'done');
  expect(await answered(url)).toBe(10 * 1024);
  // It is deleted after the end is announced.
  await expect.poll(bodies).not.toContain(older!.body.key);
  const stored = await responsesOf(id);
  expect(stored.map(({ index, unverified }) => ({ index, unverified }))).toEqual([{ index: 0, unverified: undefined }]);
  expect(await bodies()).toContain(stored[0]!.body.key);
});

it('is answered if one of several new files has a wrong hash', async () => {
  const [a, b] = [fileUrl('size=10k'), fileUrl('size=20k')];
  await download(a, b);
  expect(await anew(new Request(a, { integrity: await hashOf(a) }), new Request(b, { integrity: NONE }))).toEqual(mismatch);
  expect([await answered(a), await answered(b)]).toEqual([10 * 1024, 20 * 1024]);
  expect(await anew(a, b)).toMatchObject({ status: 'done' });
  expect(await responsesOf(id)).toHaveLength(2);
});

it('is deleted with its download', async () => {
  const url = fileUrl('size=10k');
  await download(url);
  const [older] = await responsesOf(id);
  expect(await anew(new Request(url, { integrity: NONE }))).toEqual(mismatch);
  await client.clear();
  expect(await answered(url)).toBeUndefined();
  expect(await bodies()).not.toContain(older!.body.key);
});
