/** A worker that is stopped when a call comes never hears of it: the call is made once more, and does not wait for ever for one that is silent. */
import { afterEach, expect, it, vi } from 'vitest';
import { remoteManager } from '../../src/client/remote-manager.js';
import type { ManagerApi } from '../../src/manager/api.js';
import { readRecords } from '../../src/manager/database.js';
import type { FetchPlan } from '../../src/manager/record.js';
import { toPlainRequest } from '../../src/standard/plain-request.js';
import { retire, workerClient } from './client.js';

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

afterEach(() => retire(registration));

it('completes every command even if its first call is lost', async () => {
  const manager = await managerOf('deaf-worker.ts');
  const run = crypto.randomUUID();
  const [noted, held, refused, checked, removed] = ['noted', 'held', 'refused', 'checked', 'removed'].map((is) => `${is} ${run}`);
  for (const id of [noted, held, refused, checked, removed]) await manager.register(await planOf(id!));
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

it('rejects in time if no call is answered, and names the worker', async () => {
  const manager = await managerOf('deaf-worker.ts?never');
  await expect(manager.list()).rejects.toMatchObject({
    name: 'TimeoutError',
    message: `The service worker of ${registration.scope} did not answer "list" in 10000 ms.`,
  });
});

it('waits longer than its timeout for a worker that works on the call', async () => {
  const { client, registration: own } = await workerClient();
  registration = own;
  await client.list();
  const id = crypto.randomUUID();
  const manager = remoteManager(registration);
  await manager.register(await planOf(id));
  // As while the worker stores a large file of this download.
  const held = new Promise((resolve) => setTimeout(resolve, 12_000));
  void navigator.locks.request(`bg-fetch-elements:${id}`, () => held);
  await manager.abandon(id);
  expect((await readRecords()).find((record) => record.id === id)).toMatchObject({ status: 'aborted' });
});

it('rejects commands without a reported error after the site has unregistered its worker', async () => {
  const { client, registration: unregistered } = await workerClient();
  registration = unregistered;
  await client.list();
  const worker = registration.active!;
  await registration.unregister();
  while (worker.state !== 'redundant') await new Promise((resolve) => worker.addEventListener('statechange', resolve));
  const reported = vi.spyOn(globalThis, 'reportError').mockReturnValue();
  document.dispatchEvent(new Event('visibilitychange'));
  await expect(client.list()).rejects.toMatchObject({ name: 'InvalidStateError', message: /Register one/ });
  expect(reported).not.toHaveBeenCalled();
});
