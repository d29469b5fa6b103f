/** The package on a server: every entry loads, and a client has no downloads. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BgFetchClient, defaultClient } from '../../src/index.js';

const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  exports: Record<string, string | { default?: string }>;
};
const entries = Object.values(exports)
  .flatMap((entry) => (typeof entry === 'string' ? entry : (entry.default ?? [])))
  .filter((path) => path.endsWith('.js') && !path.includes('*') && !path.includes('/typings/'))
  .map((path) => path.replace('./dist/', '../../src/').replace(/\.js$/, '.ts'));

it.each(entries)('%s loads', async (entry) => {
  await expect(import(entry)).resolves.toBeDefined();
});

describe('a client', () => {
  const refusal = { name: 'NotSupportedError', message: expect.stringContaining('Call it in a page') as string };

  it.each([() => new BgFetchClient(), () => new BgFetchClient({ serviceWorker: '/sw.js', engine: 'in-page' }), defaultClient])(
    'is created, and cannot download',
    (create) => {
      expect(create().canDownload).toBe(false);
      expect(create().records.values()).toEqual([]);
    },
  );

  it.each([
    ['ready', (client: BgFetchClient) => client.ready],
    ['start', (client: BgFetchClient) => client.start('a', '/a.bin')],
    ['pause', (client: BgFetchClient) => client.pause('a')],
    ['resume', (client: BgFetchClient) => client.resume('a')],
    ['abort', (client: BgFetchClient) => client.abort('a')],
    ['retry', (client: BgFetchClient) => client.retry('a')],
    ['moveInPage', (client: BgFetchClient) => client.moveInPage('a')],
    ['discard', (client: BgFetchClient) => client.discard('a')],
    ['restore', (client: BgFetchClient) => client.restore('a')],
    ['clear', (client: BgFetchClient) => client.clear()],
    ['list', (client: BgFetchClient) => client.list()],
    ['get', (client: BgFetchClient) => client.get('a')],
    ['match', (client: BgFetchClient) => client.match('/a.bin')],
    ['sizeOf', (client: BgFetchClient) => client.sizeOf('/a.bin')],
  ])('rejects %s and says where it works', async (_name, run) => {
    await expect(run(new BgFetchClient())).rejects.toMatchObject(refusal);
  });

  it('has no space, and keeps nothing', async () => {
    const client = new BgFetchClient();
    expect(await client.estimate()).toEqual({ usage: 0, quota: 0, persisted: false });
    expect(await client.persist()).toBe(false);
  });
});
