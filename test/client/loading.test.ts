/** What a page loads without being asked: a click counts for some seconds only, and the network may be gone by then. */
import { expect, it, vi } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { fileUrl } from '../setup/server.js';
import { record, workerClient } from './client.js';

const loaded = (module: string) => performance.getEntriesByType('resource').some(({ name }) => name.includes(module));

it("shows the worker's records if the database is too new for the page", async () => {
  const { open } = IDBFactory.prototype;
  const opened = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, name, version) {
    if (name === 'bg-fetch-elements') throw new DOMException('The requested version is less than the existing.', 'VersionError');
    return open.call(this, name, version);
  });
  const { client, registration } = await workerClient();
  await client.ready;
  await client.start('new', fileUrl('size=1k'));
  await record(client, 'new', ({ status }) => status === 'done');
  const next = new BgFetchClient({ serviceWorker: registration });
  await next.ready;
  expect(next.records.get('new')?.status).toBe('done');
  opened.mockRestore();
  await client.discard('new');
});

it.each([
  ['obeys commands', '/src/client/commands.ts'],
  ['answers from what is stored', '/src/manager/stored-answer.ts'],
])('loads the code of %s before the first command', async (_what, module) => {
  performance.setResourceTimingBufferSize(1000);
  const client = new BgFetchClient();
  await client.ready;
  await expect.poll(() => loaded(module)).toBe(true);
});
