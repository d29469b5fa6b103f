/** A download whose files came, and that the browser could not store: said in words on the row, and retried from what is there. */
import { fixture, html } from '@open-wc/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import '../../src/define/bg-fetch-item.js';
import type { BgFetchItemElement } from '../../src/elements/item/bg-fetch-item.js';
import type { FetchRecord } from '../../src/manager/record.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from '../client/client.js';

afterEach(() => vi.restoreAllMocks());

it('repeats the whole request if its record could not be stored', async () => {
  const { put } = IDBObjectStore.prototype;
  const id = crypto.randomUUID();
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown) {
    if (this.name === 'records' && (value as FetchRecord).id === id)
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    return put.call(this, value);
  });
  const client = new BgFetchClient();
  const url = fileUrl('size=10k');
  const request = new Request(url, { method: 'POST', headers: { 'x-seat': '7' }, body: 'Which one?' });
  await expect(client.start(id, request)).rejects.toThrow('The disk is full.');
  expect(client.records.get(id)).toMatchObject({ status: 'failed', failureReason: 'quota-exceeded' });
  spy.mockRestore();
  await client.retry(id);
  await record(client, id, ({ status }) => status === 'done');
  expect(await requestsOf(url)).toMatchObject([{ method: 'POST', headers: { 'x-seat': '7', 'content-length': '10' } }]);
});

it('tells it from a failed connection', async () => {
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value: unknown,
    key?: IDBValidKey,
  ) {
    if (this.name === 'responses') throw new DOMException('The disk is at fault.', 'UnknownError');
    return put.call(this, value, key);
  });
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  await client.start(id, fileUrl('size=10k'));
  const failed = await record(client, id, ({ status }) => status === 'failed');
  expect(failed).toMatchObject({ failureReason: 'fetch-error', failureCause: 'storage', failureDetail: 'The disk is at fault.' });
  const item = await fixture<BgFetchItemElement>(html`<bg-fetch-item .record=${failed}></bg-fetch-item>`);
  await expect.poll(() => item.shadowRoot!.textContent).toContain('The browser could not store it');
  vi.restoreAllMocks();
  await client.retry(id);
  expect((await record(client, id, ({ status }) => status === 'done')).failureCause).toBeUndefined();
});
