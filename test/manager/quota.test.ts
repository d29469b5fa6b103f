/** A download that there is no room for: said before it starts, with the bytes that are missing. */
import { fixture, html } from '@open-wc/testing';
import { expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import '../../src/define/bg-fetch-item.js';
import type { BgFetchItemElement } from '../../src/elements/item/bg-fetch-item.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from '../client/client.js';

/** No device has that much. */
const TOO_MUCH = 2 ** 51;

it('is rejected with sizes and without a request, and recorded as the reason', async () => {
  const client = new BgFetchClient();
  const id = crypto.randomUUID();
  const url = fileUrl('size=10k');
  await expect(client.start(id, url, { downloadTotal: TOO_MUCH })).rejects.toMatchObject({
    name: 'QuotaExceededError',
    message: expect.stringMatching(new RegExp(`"${id}": ${TOO_MUCH} bytes are asked for and \\d+ are left`)) as string,
  });
  expect(await requestsOf(url)).toHaveLength(0);
  const failed = await record(client, id, ({ status }) => status === 'failed');
  expect(failed.failureReason).toBe('quota-exceeded');
  expect((await client.list()).find((known) => known.id === id)).toMatchObject({ failureReason: 'quota-exceeded' });

  const item = await fixture<BgFetchItemElement>(html`<bg-fetch-item .record=${failed}></bg-fetch-item>`);
  await expect.poll(() => item.shadowRoot!.textContent).toMatch(/Not enough space, [\d.,]+\s\w+ missing/);
});
