/** The end of a fetch reaches a service worker that is written to the standard. */
import { expect, it } from 'vitest';
import { createInPageEngine, workerHost } from '../../../src/engine/in-page/index.js';
import { addFetch, INACTIVE, listFetches } from '../../../src/engine/in-page/state/journal.js';
import { fileUrl } from '../../setup/server.js';
import { isWhole } from './engine.js';
import type { DeliveryMessage } from '../../../src/engine/in-page/worker.js';

const MIB = 1024 * 1024;

async function registerWorker(): Promise<ServiceWorkerRegistration> {
  const scope = `/test/engine/${crypto.randomUUID()}/`;
  const registration = await navigator.serviceWorker.register('/test/engine/in-page/site-worker.ts', { scope, type: 'module' });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (registration.active?.state !== 'activated') {
    await new Promise((resolve) => worker?.addEventListener('statechange', resolve, { once: true }));
  }
  return registration;
}

function stored(id: string): Promise<void> {
  const channel = new BroadcastChannel('site-worker');
  return new Promise((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      if (data === id) resolve();
    });
  });
}

it('hands the responses to the worker, which stores them', async () => {
  const registration = await registerWorker();
  const engine = createInPageEngine(workerHost(registration));
  const id = crypto.randomUUID();
  const urls = [fileUrl('size=3M&seed=a'), fileUrl('size=100k&seed=b')];
  const end = stored(id);
  const fetching = await engine.fetch(id, urls);
  await end;
  const cache = await caches.open(`stored ${id}`);
  const bodies = await Promise.all(
    urls.map(async (url) => new Uint8Array((await (await cache.match(url))?.arrayBuffer()) ?? [])),
  );
  expect(isWhole(bodies[0], 'a', 3 * MIB)).toBe(true);
  expect(isWhole(bodies[1], 'b', 100 * 1024)).toBe(true);
  const said: unknown = await (await cache.match('/end'))?.json();
  expect(said).toEqual({ type: 'backgroundfetchsuccess', result: 'success', failureReason: '', recordsAvailable: true });
  await expect.poll(() => fetching.recordsAvailable).toBe(false);
  await expect(fetching.matchAll()).rejects.toMatchObject({ name: 'InvalidStateError' });
  expect(await engine.get(id)).toBeUndefined();
  await registration.unregister();
});

it('takes the answer of a worker that is unregistered while it is at work, and tells no later one of the same end', async () => {
  const registration = await registerWorker();
  const { scope } = registration;
  const engine = createInPageEngine(workerHost(registration));
  const id = `slow ${crypto.randomUUID()}`;
  const holds = stored(`holds ${id}`);
  await engine.fetch(id, fileUrl('size=1k'));
  await holds;
  await registration.unregister();
  // Longer than a page waits before it asks again.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  const end = stored(id);
  new BroadcastChannel('site-worker').postMessage('go on');
  await end;
  await expect.poll(() => listFetches(scope)).toEqual([]);
});

/** Stores a fetch of `scope` that has failed, as a page that was closed has left it; returns the message of its end. */
async function leaveEnded(scope: string, id: string): Promise<DeliveryMessage> {
  const uid = crypto.randomUUID();
  const facts = { title: '', icons: [], downloadTotal: 0, uploadTotal: 0, startedAt: 0, paused: false };
  const end = { result: 'failure', failureReason: 'fetch-error', failureDetail: '' } as const;
  await addFetch({ uid, scope, id, ...facts, ...INACTIVE, ...end }, []);
  return { type: 'bg-fetch-event', event: 'backgroundfetchfail', uid };
}

it('dispatches no event for a fetch of another scope', async () => {
  const registration = await registerWorker();
  const { scope } = registration;
  const [foreign, own] = [crypto.randomUUID(), crypto.randomUUID()];
  const dispatched: unknown[] = [];
  new BroadcastChannel('site-worker').addEventListener('message', ({ data }) => dispatched.push(data));
  const answers: string[] = [];
  const deliver = (message: DeliveryMessage, id: string) => {
    const { port1, port2 } = new MessageChannel();
    registration.active!.postMessage(message, [port2]);
    return new Promise<void>((resolve) => {
      port1.onmessage = ({ data }) => {
        answers.push(`${data} ${id}`);
        resolve();
      };
    });
  };
  const otherScope = new URL('another/', scope).href;
  void deliver(await leaveEnded(otherScope, foreign), foreign);
  await deliver(await leaveEnded(scope, own), own);
  // The second was sent after the first, and took longer: its event was awaited.
  expect(answers).toEqual([`settled ${own}`]);
  await expect.poll(() => dispatched).toContain(own);
  expect(dispatched).toEqual([own]);
  expect(await listFetches(otherScope)).toHaveLength(1);
  await registration.unregister();
});
