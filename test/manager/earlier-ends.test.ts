/** An end that is delivered late, or again, changes nothing of a download that has been started anew since. */
import { expect, it } from 'vitest';
import { addFetch } from '../../src/engine/in-page/state/journal.js';
import { inPageReader } from '../../src/engine/in-page/delivery/pending-fetches.js';
import { readRecord } from '../../src/manager/database.js';
import { Manager } from '../../src/manager/manager.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { fileUrl } from '../setup/server.js';

/** No client of a page looks after this scope. */
const scope = `${location.origin}/${crypto.randomUUID()}/`;
const engine = inPageReader(scope);

/** Writes a fetch to the engine's journal, where an end stays until it has been delivered. */
async function fetchIn(id: string, startedAt: number, isActive = false) {
  const uid = crypto.randomUUID();
  const request = await toPlainRequest(new Request(fileUrl('size=10k')));
  const told = { title: '', icons: [], downloadTotal: 0, uploadTotal: 0, paused: false, failureDetail: '' };
  const end = isActive
    ? ({ active: scope, result: '', failureReason: '' } as const)
    : ({ result: 'failure', failureReason: 'fetch-error' } as const);
  const came = { uploaded: 0, length: 1024, result: 'fetch-error', detail: '' } as const;
  await addFetch({ uid, scope, id, startedAt, ...told, ...end }, [{ uid, index: 0, request, ...came }]);
  return (await engine.get(id))!;
}

async function plan(id: string, name: 'in-page' | 'native') {
  const requests = [await toPlainRequest(new Request(fileUrl('size=10k')))];
  return { id, title: '', icons: [], requests, downloadTotal: 0, engine: name, startedAt: Date.now() };
}

it.each(['in-page', 'native'] as const)('does not change the next download (%s)', async (name) => {
  const id = crypto.randomUUID();
  const manager = new Manager(() => [engine], {}, scope);
  const next = await plan(id, name);
  const before = await fetchIn(id, next.startedAt - 1000);
  await manager.register(next);
  await manager.settle(before);
  expect(await readRecord(id)).toMatchObject({ status: 'starting', startedAt: next.startedAt });
});

it('ends a download that continues an earlier fetch', async () => {
  const id = crypto.randomUUID();
  const manager = new Manager(() => [engine], {}, scope);
  const next = await plan(id, 'in-page');
  const active = await fetchIn(id, next.startedAt - 1000, true);
  expect(await manager.register(next)).toMatchObject({ startedAt: next.startedAt - 1000 });
  await manager.settle(active);
  expect(await readRecord(id)).toMatchObject({ status: 'failed' });
});

it('ends a download that was recorded only by this event', async () => {
  const id = crypto.randomUUID();
  const manager = new Manager(() => [engine], {}, scope);
  await manager.settle(await fetchIn(id, Date.now() - 1000));
  await manager.settle((await engine.get(id))!);
  expect(await readRecord(id)).toMatchObject({ status: 'failed' });
});
