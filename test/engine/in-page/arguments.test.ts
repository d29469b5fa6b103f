/** What `fetch()`, `get()` and `getIds()` take and refuse: the rules of the standard's algorithms, and Chromium's where it is silent. */
import { expect, it } from 'vitest';
import type { BackgroundFetchOptions, BackgroundFetchRequests } from '../../../src/standard/background-fetch.js';
import { fileUrl, requestsOf } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine, startManager, type TestEngine } from './engine.js';

const engine = startEngine();
const manager = startManager();
/** Only the standard's manager is given what is no request, or no options. */
const refused = (requests: unknown, options?: unknown, id = 'refused', by: TestEngine = manager) =>
  by.fetch(id, requests as BackgroundFetchRequests, options as BackgroundFetchOptions).then(
    () => 'started',
    (error: unknown) => (error as Error).name,
  );

it('refuses an empty list, an empty id, and what is no request', async () => {
  expect(await refused([])).toBe('TypeError');
  expect(await refused('/x', {}, '')).toBe('TypeError');
  expect(await refused(Symbol('url'))).toBe('TypeError');
  expect(await refused([fileUrl(), Symbol('url')])).toBe('TypeError');
});

it.for([
  'https://user:secret@example.com/',
  'https://example.com:587/',
  'wss://localhost/',
  'data:text/plain,hello',
  'file:///etc/hosts',
  'blob:https://example.com/id',
  'nonsense:',
])('refuses %s', async (url) => {
  for (const by of [manager, engine]) {
    expect(await refused(url, {}, 'refused', by)).toBe('TypeError');
    expect(await refused([fileUrl(), url], {}, 'refused', by)).toBe('TypeError');
  }
});

it('refuses an address that takes in what follows markup that was left open', async () => {
  expect(await refused('https://example.com/?\n<')).toBe('TypeError');
  expect(await refused([fileUrl(), 'https://example.com/?\n<'])).toBe('TypeError');
});

it('refuses no-cors requests, and bodies that were read', async () => {
  expect(await refused(new Request(fileUrl(), { mode: 'no-cors' }))).toBe('TypeError');
  const used = new Request(fileUrl(), { method: 'POST', body: 'x' });
  await used.text();
  expect(await refused(used)).toBe('TypeError');
});

it('refuses a request that asks for a part by itself, before the server hears of it', async () => {
  const url = fileUrl();
  const request = new Request(url, { headers: { range: 'bytes=0-999' } });
  for (const by of [manager, engine]) expect(await refused(request, {}, 'part', by)).toBe('TypeError');
  await expect(engine.fetch('part', request)).rejects.toThrow('has a Range header, and a part is never stored as the file.');
  expect(await requestsOf(url)).toEqual([]);
});

it('says in words what stands in the way', async () => {
  await expect(engine.fetch('words', [])).rejects.toThrow(
    'Failed to start background fetch "words": there is no request. Pass at least one.',
  );
});

it('reads its options as WebIDL does', async () => {
  expect(await refused(fileUrl(), 'text')).toBe('TypeError');
  expect(await refused(fileUrl(), { icons: {} })).toBe('TypeError');
  expect(await refused(fileUrl(), { icons: [{}] })).toBe('TypeError');
  expect(await refused(fileUrl(), { downloadTotal: Symbol('total') })).toBe('TypeError');
  expect(await refused(fileUrl(), { downloadTotal: 1n })).toBe('TypeError');
  const total = async (downloadTotal: unknown) => {
    const id = crypto.randomUUID();
    const registration = await manager.fetch(id, fileUrl('size=1&rate=1'), { downloadTotal } as BackgroundFetchOptions);
    return registration.downloadTotal;
  };
  expect(await total('12')).toBe(12);
  expect(await total(7.9)).toBe(7);
  expect(await total(NaN)).toBe(0);
  expect(await total(undefined)).toBe(0);
});

it('takes anything that can be iterated for a list, and everything else for one request', async () => {
  const urls = [fileUrl('size=10&seed=a'), fileUrl('size=10&seed=b')];
  const end = ended(manager, 'set', readEnd);
  await manager.fetch('set', new Set(urls) as unknown as BackgroundFetchRequests);
  const { bodies } = await end;
  expect(isWhole(bodies[0], 'a', 10) && isWhole(bodies[1], 'b', 10)).toBe(true);
  const one = ended(manager, 'url', readEnd);
  await manager.fetch('url', new URL(fileUrl('size=10&seed=c')));
  expect(isWhole((await one).bodies[0], 'c', 10)).toBe(true);
});

it('refuses more bytes than there is room for, before the start', async () => {
  const url = fileUrl();
  expect(await refused(url, { downloadTotal: Number.MAX_SAFE_INTEGER })).toBe('QuotaExceededError');
  expect(await requestsOf(url)).toEqual([]);
});

it('lets one of two starts with the same id win', async () => {
  const starts = await Promise.allSettled([engine.fetch('twin', fileUrl()), engine.fetch('twin', fileUrl())]);
  expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(starts.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'TypeError' } });
});

it('gives the same registration as long as it is active, and none after', async () => {
  const end = ended(engine, 'one', async () => engine.get('one'));
  const registration = await engine.fetch('one', fileUrl('size=100k&rate=200k'));
  expect(await engine.get('one')).toBe(registration);
  expect(await engine.getIds()).toContain('one');
  expect(await end).toBeUndefined();
  expect(await engine.getIds()).not.toContain('one');
  expect(await engine.get('nobody')).toBeUndefined();
  await expect(manager.get('')).rejects.toBeInstanceOf(TypeError);
});

it('takes ids of every kind of character, and long ones', async () => {
  for (const id of ['🎧 ep. 5', '\ud800', 'x'.repeat(2 ** 20)]) {
    const end = ended(engine, id, readEnd);
    const registration = await engine.fetch(id, fileUrl('size=10'));
    expect(registration.id).toBe(id);
    expect((await end).result).toBe('success');
  }
});
