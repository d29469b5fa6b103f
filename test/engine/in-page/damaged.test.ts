/** Damaged rows of the journal end or free their own fetch, and harm no other. */
import { afterEach, expect, it, vi } from 'vitest';
import { addFetch, journal, type JournalFetch, type JournalRecord } from '../../../src/engine/in-page/state/journal.js';
import { toPlainRequest } from '../../../src/standard/plain-request.js';
import { fileUrl } from '../../setup/server.js';
import { ended, isWhole, readEnd, startEngine } from './engine.js';

afterEach(() => vi.restoreAllMocks());

/** Writes a paused fetch of two files, as an earlier page left it. */
async function leave(scope: string, id: string, fetch: object, record: object): Promise<void> {
  const uid = crypto.randomUUID();
  const request = await toPlainRequest(new Request(fileUrl()));
  const facts = { title: '', icons: [], downloadTotal: 0, uploadTotal: 0, startedAt: 0, paused: true };
  const end = { result: '', failureReason: '', failureDetail: '' } as const;
  const left: JournalFetch = { uid, scope, id, active: scope, ...facts, ...end };
  const records = [0, 1].map((index): JournalRecord => ({ uid, index, request, uploaded: 0, length: 0, result: '', detail: '' }));
  await addFetch(left, records);
  await journal(['fetches', 'records'], 'readwrite', (fetches, rows) => {
    fetches.put({ ...left, ...fetch });
    return rows.put({ ...records[1]!, ...record });
  });
}

const DAMAGES: [what: string, fetch: object, record: object][] = [
  ['a fetch without a time', { startedAt: 'yesterday' }, {}],
  ['a fetch that is neither on nor over', { result: 'maybe' }, {}],
  ['a fetch with pictures of any kind', { icons: [null] }, {}],
  ['a record without a request', {}, { request: null }],
  ['a record with a body nowhere', {}, { body: { store: 'tape', key: 7 } }],
  ['a record with a head that is none', {}, { head: 'HTTP/1.1 200 OK' }],
];

it.each(DAMAGES)('goes on beside %s, whose id can be taken again', async (_what, fetch, record) => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const scope = `test ${crypto.randomUUID()}`;
  await leave(scope, 'torn', fetch, record);
  const engine = startEngine(scope);
  await expect.poll(() => engine.getIds()).toEqual([]);
  for (const id of ['torn', 'other']) {
    const end = ended(engine, id, readEnd);
    await engine.fetch(id, fileUrl('size=10k&seed=s'));
    expect(isWhole((await end).bodies[0], 's', 10 * 1024)).toBe(true);
  }
});

it.each(DAMAGES.slice(0, 3))('starts at once under the id of %s', async (_what, fetch) => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const scope = `test ${crypto.randomUUID()}`;
  await leave(scope, 'torn', fetch, {});
  const engine = startEngine(scope);
  const end = ended(engine, 'torn', readEnd);
  await engine.fetch('torn', fileUrl('size=10k&seed=s'));
  expect(isWhole((await end).bodies[0], 's', 10 * 1024)).toBe(true);
});
