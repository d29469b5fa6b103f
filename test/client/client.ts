/** A client whose manager is in a worker, and one whose manager is in the page. */
import { server } from 'vitest/browser';
import { BgFetchClient } from '../../src/client/client.js';
import type { FetchRecord } from '../../src/manager/record.js';

/** Registers the kit's worker for this test alone; its scope need not cover the page. */
export async function workerClient(
  worker = './module-worker.ts',
): Promise<{ client: BgFetchClient; registration: ServiceWorkerRegistration }> {
  const script = new URL(worker, import.meta.url);
  const registration = await navigator.serviceWorker.register(script, {
    type: 'module',
    scope: `/scope-${crypto.randomUUID()}/`,
  });
  return { client: new BgFetchClient({ serviceWorker: registration }), registration };
}

/**
 * Unregisters the worker of a test. Not in WebKitGTK 2.50: it terminates a worker in the middle of a transaction, after which the database
 * runs no other transaction (measured: 3 of 5 runs stopped, without this none).
 */
export async function retire(registration: ServiceWorkerRegistration | undefined): Promise<void> {
  if (server.browser !== 'webkit') await registration?.unregister();
}

/** Waits until the record of `id` is as asked. */
export function record(client: BgFetchClient, id: string, is: (record: FetchRecord) => boolean): Promise<FetchRecord> {
  const found = new AbortController();
  return new Promise((resolve) => {
    const look = () => {
      const now = client.records.get(id);
      if (!now || !is(now)) return;
      found.abort();
      resolve(now);
    };
    client.subscribe(look, { id, signal: found.signal });
    look();
  });
}

/** Waits until nothing is known of `id` any more. */
export function gone(client: BgFetchClient, id: string): Promise<void> {
  const found = new AbortController();
  return new Promise((resolve) => {
    client.subscribe(
      (_id, now) => {
        if (now) return;
        found.abort();
        resolve();
      },
      { id, signal: found.signal },
    );
  });
}
