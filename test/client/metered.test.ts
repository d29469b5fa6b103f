/** A download that shall not cost money, on a line that does; Chromium alone tells, and can be told. */
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, server } from 'vitest/browser';
import { BgFetchClient } from '../../src/client/client.js';
import { areBytesOf } from '../server/content.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from './client.js';

/** Chromium tells of a mobile line on phones only; the wish to save data can be had anywhere. */
async function saveData(dataSaverEnabled: boolean): Promise<void> {
  const session = cdp() as unknown as { send(method: string, params: object): Promise<void> };
  await session.send('Emulation.setDataSaverOverride', { dataSaverEnabled });
  (navigator as unknown as { connection: EventTarget }).connection.dispatchEvent(new Event('change'));
}

describe.runIf(server.browser === 'chromium')('wifiOnly', () => {
  afterEach(() => saveData(false));

  it('waits while the visitor saves data, and starts by itself after that', async () => {
    await saveData(true);
    const client = new BgFetchClient();
    const id = crypto.randomUUID();
    const url = fileUrl('size=10k');
    expect(await client.start(id, url, { wifiOnly: true })).toMatchObject({ status: 'waiting', waitingFor: 'wifi' });
    expect(await requestsOf(url)).toHaveLength(0);
    await saveData(false);
    await record(client, id, ({ status }) => status === 'done');
  });

  it('starts at once when the visitor resumes it', async () => {
    await saveData(true);
    const client = new BgFetchClient();
    const id = crypto.randomUUID();
    await client.start(id, fileUrl('size=10k'), { wifiOnly: true });
    expect(await client.resume(id)).toBe(true);
    await record(client, id, ({ status }) => status === 'done');
  });

  it('pauses when the connection becomes metered, keeps the bytes, and resumes after that', async () => {
    const client = new BgFetchClient();
    const id = crypto.randomUUID();
    const url = fileUrl('size=6M&rate=4M&seed=wifi');
    await client.start(id, url, { wifiOnly: true });
    await record(client, id, ({ downloaded }) => downloaded > 2 ** 20);
    await saveData(true);
    const held = await record(client, id, ({ status }) => status === 'waiting');
    expect(held).toMatchObject({ waitingFor: 'wifi', wifiOnly: true });
    expect(await requestsOf(url)).toHaveLength(1);
    await saveData(false);
    const shown: number[] = [];
    client.subscribe((_id, now) => void shown.push(now?.downloaded ?? 0), { id });
    await record(client, id, ({ status }) => status === 'done');
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(held.downloaded);
    const [, ...again] = await requestsOf(url);
    expect(again.map(({ headers }) => headers.range)).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    expect(areBytesOf('wifi', 0, new Uint8Array(await (await client.match(url))!.arrayBuffer()))).toBe(true);
  });

  it('lets the visitor resume it meanwhile', async () => {
    const client = new BgFetchClient();
    const id = crypto.randomUUID();
    await client.start(id, fileUrl('size=6M&rate=4M'), { wifiOnly: true });
    await record(client, id, ({ downloaded }) => downloaded > 2 ** 20);
    await saveData(true);
    await record(client, id, ({ status }) => status === 'waiting');
    expect(await client.resume(id)).toBe(true);
    await record(client, id, ({ status }) => status === 'done');
  });

  it('still waits in the next page', async () => {
    await saveData(true);
    const id = crypto.randomUUID();
    await new BgFetchClient().start(id, fileUrl('size=10k'), { wifiOnly: true });
    const later = new BgFetchClient();
    expect(await later.get(id)).toMatchObject({ status: 'waiting', waitingFor: 'wifi' });
    await saveData(false);
    await record(later, id, ({ status }) => status === 'done');
  });
});
