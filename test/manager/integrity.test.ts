/** Files are held against their hashes where they rest, before anybody is served. */
import { expect, it } from 'vitest';
import { BgFetchClient } from '../../src/client/client.js';
import { isIntact, strongest } from '../../src/manager/is-intact.js';
import { fileUrl, requestsOf } from '../setup/server.js';
import { record } from '../client/client.js';
import { hashOf } from './hash.js';

it.each(['SHA-256', 'SHA-384', 'SHA-512'])('accepts a file with the right %s', async (algorithm) => {
  const client = new BgFetchClient();
  const url = fileUrl('size=3M');
  const id = crypto.randomUUID();
  await client.start(id, [new Request(url, { integrity: await hashOf(url, algorithm) }), fileUrl('size=10k')]);
  await record(client, id, ({ status }) => status === 'done');
  expect(await client.match(url)).toBeDefined();
});

it('fails with its own message if one of two files has another hash: keeps the right file and deletes the other', async () => {
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

const [SHORT, OTHER, LONG] = ['d-_f'.repeat(11).slice(0, 43), 'a'.repeat(43), 'x+/y'.repeat(22).slice(0, 86)] as const;

it('uses the strongest hashes, also in capitals and in base64url', () => {
  const standard = SHORT.replaceAll('-', '+').replaceAll('_', '/');
  expect(strongest(`sha256-${SHORT} SHA256-${OTHER}=?type=a`)).toEqual({
    name: 'sha256',
    digests: [`${standard}=`, `${OTHER}=`],
  });
  expect(strongest(`sha256-${SHORT}= Sha512-${LONG}==`)).toEqual({ name: 'sha512', digests: [`${LONG}==`] });
});

it('does not accept a file if no expected value is a hash', async () => {
  expect(await isIntact(new Blob(['a']), 'md5-zzz')).toBe(false);
  expect(await isIntact(new Blob(['a']), ' ')).toBe(true);
});

it('checks a hash whose algorithm is in capitals', async () => {
  const client = new BgFetchClient();
  const [right, wrong] = [fileUrl('size=10k'), fileUrl('size=10k')];
  const hash = (await hashOf(right)).replace('sha256', 'SHA256');
  const other = (await hashOf(fileUrl('size=10k&seed=other'))).replace('sha256', 'Sha256');
  const id = crypto.randomUUID();
  await client.start(id, [new Request(right, { integrity: hash }), new Request(wrong, { integrity: other })]);
  await record(client, id, ({ status }) => status === 'failed');
  expect(await client.match(right)).toBeDefined();
  expect(await client.match(wrong)).toBeUndefined();
});

it('rejects an invalid hash before any request', async () => {
  const client = new BgFetchClient();
  const url = fileUrl('size=10k');
  const id = crypto.randomUUID();
  await expect(client.start(id, new Request(url, { integrity: `sha-256-${OTHER}=` }))).rejects.toThrow(
    `Failed to start background fetch "${id}": "sha-256-${OTHER}=" in the integrity of`,
  );
  expect(await requestsOf(url)).toEqual([]);
  expect(await client.get(id)).toBeUndefined();
});
