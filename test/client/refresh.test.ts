/** Signed addresses expire; the page knows the next one. */
import { afterEach, expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record, retire, workerClient } from './client.js';

let registration: ServiceWorkerRegistration;

afterEach(() => retire(registration));

it('resumes with another URL when the first has expired, and answers the first', async () => {
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

it('reads a body again from the new URL if the browser does not report whether it is whole', async () => {
  ({ registration } = await workerClient());
  const refresh = ({ url }: Request) => Promise.resolve(url.replace('signed-for=0', 'signed-for=9'));
  const client = new BgFetchClient({ serviceWorker: registration, engine: 'in-page', refresh });
  const id = crypto.randomUUID();
  // WebKit lets a cut body of this kind pass, and the server says no total.
  const url = fileUrl('size=10k&length=none&ranges=off&signed-for=0');
  await client.start(id, url);
  const { status } = await record(client, id, (now) => now.status === 'done' || now.status === 'failed');
  expect(status).toBe('done');
  const expired = (await requestsOf(url)).filter((request) => request.method === 'GET' && request.url.includes('signed-for=0'));
  expect(expired).toHaveLength(1);
});
