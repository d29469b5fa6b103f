/** Files are held against their hashes where they rest, before anybody is served. */
import { expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { strongest } from '../../src/manager/integrity.js';
import { fileUrl } from '../setup/server.js';
import { record } from './client.js';

async function hashOf(url: string, algorithm = 'SHA-256'): Promise<string> {
  const digest = await crypto.subtle.digest(algorithm, await (await fetch(url)).arrayBuffer());
  return `${algorithm.toLowerCase().replace('-', '')}-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

it.each(['SHA-256', 'SHA-384', 'SHA-512'])('takes a file that has its %s', async (algorithm) => {
  const client = new BgFetchClient();
  const url = fileUrl('size=3M');
  const id = crypto.randomUUID();
  await client.start(id, [new Request(url, { integrity: await hashOf(url, algorithm) }), fileUrl('size=10k')]);
  await record(client, id, ({ status }) => status === 'done');
  expect(await client.match(url)).toBeDefined();
});

it('fails in its own words when one of two files is another, keeps the right one and drops the wrong', async () => {
  const client = new BgFetchClient();
  const [right, wrong] = [fileUrl('size=10k'), fileUrl('size=10k')];
  const id = crypto.randomUUID();
  await client.start(id, [
    new Request(right, { integrity: await hashOf(right) }),
    new Request(wrong, { integrity: await hashOf(fileUrl('size=10k&seed=other')) }),
  ]);
  const failed = await record(client, id, ({ status }) => status === 'failed');
  expect(failed).toMatchObject({ failureCause: 'integrity', failureDetail: `Not the file that was expected: ${wrong}` });
  expect(failed.files.map(({ state }) => state)).toEqual(['done', 'failed']);
  expect(await client.match(right)).toBeDefined();
  expect(await client.match(wrong)).toBeUndefined();
});

it('reads the strongest hashes and passes over what is none', () => {
  expect(strongest('sha256-abc= sha512-d-_f sha512-x+/y== md5-zzz')).toEqual({ name: 'sha512', digests: ['d+/f', 'x+/y=='] });
  expect(strongest('md5-zzz')).toEqual({ name: undefined, digests: [] });
});
