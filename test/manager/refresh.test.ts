/** Signed addresses expire; the page knows the next one. */
import { afterEach, expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { fileUrl } from '../setup/server.js';
import { record, workerClient } from './client.js';

let registration: ServiceWorkerRegistration;

afterEach(() => registration.unregister());

it('goes on in the page with another address when the first has expired, and answers for the first', async () => {
  ({ registration } = await workerClient());
  const wanted: string[] = [];
  const client = new BgFetchClient({
    serviceWorker: registration,
    refresh: ({ url }, id) => {
      wanted.push(id);
      return Promise.resolve(url.replace('signed-for=0', 'signed-for=9'));
    },
  });
  const id = crypto.randomUUID();
  const url = fileUrl('size=10k&signed-for=0');
  await client.start(id, url);
  await record(client, id, ({ status }) => status === 'done');
  expect(wanted).toEqual([id]);
  expect((await (await client.match(url))!.arrayBuffer()).byteLength).toBe(10 * 1024);
});
