/** The end of a fetch reaches a service worker that is written to the standard. */
import { expect, it } from 'vitest';
import { createInPageEngine, workerHost } from '../../src/engine/in-page/index.js';
import { fileUrl } from '../setup/server.js';
import { isWhole } from './engine.js';

const MIB = 1024 * 1024;

async function registerWorker(): Promise<ServiceWorkerRegistration> {
  const scope = `/test/engine/${crypto.randomUUID()}/`;
  const registration = await navigator.serviceWorker.register('/test/engine/site-worker.ts', { scope, type: 'module' });
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
