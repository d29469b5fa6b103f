/** Messages on the broadcast channel, which any script of the origin may send: only changes are heard. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { onChange, type Change } from '../../src/manager/changes.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { withoutSecrets } from '../../src/manager/secrets.js';
import * as to from '../../src/manager/transitions.js';
import { createRecord } from '../../src/testing/records.js';

const RUNS = { numRuns: 10_000 };
const record: FetchRecord = {
  ...createRecord(),
  page: 'https://example.com/',
  failureDetail: 'None.',
};
const fields = Object.keys(record) as (keyof FetchRecord)[];
const forged = { strings: ['<img src=x onerror=alert(1)>'], _$litType$: 1, values: [] };

const heard: Change[] = [];
onChange((change) => heard.push(change));
const channel = new BroadcastChannel('bg-fetch-elements');
afterAll(() => channel.close());

/** Sends messages in order, and resolves with what was heard of them. */
async function heardOf(messages: readonly unknown[]): Promise<Change[]> {
  heard.length = 0;
  for (const message of messages) channel.postMessage(message);
  channel.postMessage({ gone: 'the last' });
  await expect.poll(() => heard.at(-1)).toEqual({ gone: 'the last' });
  return heard.slice(0, -1);
}

it('delivers changed records and deleted ids', async () => {
  expect(await heardOf([{ record }, { gone: 'ep-5' }])).toEqual([{ record }, { gone: 'ep-5' }]);
});

it('ignores a record whose title is a forged template', async () => {
  const titles = [forged, [forged], 7, null, undefined];
  expect(await heardOf(titles.map((title) => ({ record: { ...record, title } })))).toEqual([]);
  expect(await heardOf([{ record: { ...record, icons: [{ src: forged }] } }, { gone: forged }])).toEqual([]);
});

it('ignores all other messages', { timeout: 60_000 }, async () => {
  const messages = fc.sample(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
    RUNS,
  );
  expect(await heardOf(messages)).toEqual([]);
});

it('delivers damaged records only if every reader can process them', { timeout: 60_000 }, async () => {
  const changed = fc.sample(
    fc.tuple(fc.constantFrom(...fields), fc.anything()).map(([field, value]) => ({ record: { ...record, [field]: value } })),
    RUNS,
  );
  for (const change of await heardOf(changed)) {
    if (!('record' in change)) throw new Error('No record is gone.');
    const { id, title, icons, failureDetail = '' } = change.record;
    expect([id, title, failureDetail, ...icons.map(({ src }) => src)].every((text) => typeof text === 'string')).toBe(true);
    to.reconciled(record, to.forgotten(withoutSecrets(change.record), Date.now()));
  }
});
