/** A worker that is stopped when a call comes never hears of it: the call is made once more, and does not wait for ever. */
import { afterEach, expect, it } from 'vitest';
import { remoteManager } from '../../src/client/remote-manager.js';
import type { ManagerApi } from '../../src/manager/api.js';
import { readRecords } from '../../src/manager/database.js';
import type { FetchPlan } from '../../src/manager/record.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { workerClient } from './client.js';

const startedAt = 1;
let registration: ServiceWorkerRegistration;

/** The manager in a worker that does not hear everything. */
async function managerOf(script: string): Promise<ManagerApi> {
  ({ registration } = await workerClient(script));
  const worker = registration.installing;
  while (!registration.active) await new Promise((resolve) => worker?.addEventListener('statechange', resolve, { once: true }));
  return remoteManager(registration);
}

async function planOf(id: string): Promise<FetchPlan> {
  const requests = [await toPlainRequest(new Request('/never-asked'))];
  return { id, title: '', icons: [], requests, downloadTotal: 0, engine: 'in-page', startedAt };
}

afterEach(() => registration.unregister());

it('obeys every command though the first call of it was lost', async () => {
  const manager = await managerOf('deaf-worker.ts');
  const run = crypto.randomUUID();
  const [noted, held, refused, checked, removed] = ['noted', 'held', 'refused', 'checked', 'removed'].map((is) => `${is} ${run}`);
  for (const id of [noted, held, refused, checked, removed]) await manager.expect(await planOf(id!));
  await Promise.all([
    manager.note(noted!, startedAt, 5, 10),
    manager.hold(held!, startedAt),
    manager.refuse(refused!, { reason: 'quota-exceeded' }),
    manager.verified(checked!, startedAt, []),
    manager.abandon(removed!),
  ]);
  await manager.discard(removed!);
  await manager.restore(removed!);
  const known = await readRecords();
  expect(known.filter(({ id }) => id.endsWith(run)).sort((a, b) => a.id.localeCompare(b.id))).toMatchObject([
    { id: checked, status: 'starting' },
    { id: held, status: 'waiting', waitingFor: 'wifi' },
    { id: noted, status: 'downloading', downloaded: 5, downloadTotal: 10 },
    { id: refused, status: 'failed', failureReason: 'quota-exceeded' },
    { id: removed, status: 'aborted', discardedAt: undefined },
  ]);
  expect((await manager.list()).filter(({ id }) => id.endsWith(run))).toHaveLength(5);
  for (const id of [noted, held, checked]) await manager.abandon(id!);
});

it('gives up in time where no call is heard, and says whose worker it was', async () => {
  const manager = await managerOf('deaf-worker.ts?never');
  await expect(manager.list()).rejects.toMatchObject({
    name: 'TimeoutError',
    message: `The service worker of ${registration.scope} did not answer "list" in 10000 ms.`,
  });
});
