/** A site that stores files elsewhere gets them when they have their hash. A file of its own: every client of a page verifies. */
import { expect, it } from 'vitest';
import { responsesOf } from '../../src/manager/response-store.js';
import { fileUrl } from '../setup/server.js';
import { record, retire, workerClient } from '../client/client.js';
import { hashOf, NONE } from './hash.js';

it('passes only verified files to the `store` hook', async () => {
  const { client, registration } = await workerClient('../manager/policy-worker.ts');
  await client.ready;
  const id = crypto.randomUUID();
  const there = () => fileUrl('size=10k', { name: 'elsewhere.bin' });
  const [right, wrong] = [there(), there()];
  await client.start(id, [new Request(right, { integrity: await hashOf(right) }), new Request(wrong, { integrity: NONE })]);
  const { files } = await record(client, id, ({ status }) => status === 'failed');
  expect(files.map(({ state, elsewhere = false }) => ({ state, elsewhere }))).toEqual([
    { state: 'done', elsewhere: true },
    { state: 'failed', elsewhere: false },
  ]);
  const cache = await caches.open('elsewhere');
  expect((await (await cache.match(right))!.arrayBuffer()).byteLength).toBe(10 * 1024);
  expect(await cache.match(wrong)).toBeUndefined();
  await expect.poll(() => responsesOf(id)).toEqual([]);
  await retire(registration);
});
