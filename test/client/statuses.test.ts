/** The statuses of a download go one way, each once. */
import { html } from 'lit';
import { fixture } from '@open-wc/testing';
import { expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import type { BgFetchProviderElement } from '../../src/elements/bg-fetch-provider.js';
import type { FetchStatus } from '../../src/manager/record.js';
import { fileUrl } from '../setup/server.js';
import { record, workerClient } from './client.js';
import '../../src/define.js';

/** In the order in which a download passes them; a small file skips some. */
const ORDER: readonly FetchStatus[] = ['starting', 'downloading', 'saving', 'done'];

const clients = { page: () => Promise.resolve(new BgFetchClient()), worker: async () => (await workerClient()).client };

it.each([
  ['page', 'small', 'size=1k'],
  ['page', 'large', 'size=12M&rate=4M'],
  ['page', 'unsized', 'size=2M&rate=1M&length=none'],
  ['worker', 'small', 'size=1k'],
  ['worker', 'large', 'size=12M&rate=4M'],
] as const)('with the manager in the %s, for a %s file', async (place, _size, faults) => {
  const client = await clients[place]();
  const id = crypto.randomUUID();
  const provider = await fixture<BgFetchProviderElement>(
    html`<bg-fetch-provider .client=${client}><bg-fetch-item fetch-id=${id}></bg-fetch-item></bg-fetch-provider>`,
  );
  const [stored, told]: FetchStatus[][] = [[], []];
  const note = (list: FetchStatus[], status: FetchStatus | undefined) => {
    if (status && status !== list.at(-1)) list.push(status);
  };
  client.subscribe((_id, now) => note(stored!, now?.status), { id });
  for (const type of ['progress', 'success', 'fail', 'abort'] as const)
    provider.addEventListener(`bg-fetch-${type}`, ({ record: now }) => note(told!, now?.status));
  await client.start(id, fileUrl(faults));
  await record(client, id, ({ status }) => status === 'done');
  await expect.poll(() => told!.at(-1)).toBe('done');
  for (const seen of [stored!, told!]) expect(seen).toEqual(ORDER.filter((status) => seen.includes(status)));
  expect(stored!.slice(0, 1)).toEqual(['starting']);
});
