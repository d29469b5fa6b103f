/** An in-page engine of its own for one test: nobody else is in its scope. */
import type { JobRunnerOptions } from '../../../src/engine/in-page/run/job-runner.js';
import { deliverEvent } from '../../../src/engine/in-page/delivery/deliver-event.js';
import { createInPageEngine } from '../../../src/engine/in-page/index.js';
import type { InPageHost } from '../../../src/engine/in-page/delivery/event-host.js';
import { createInPageManager } from '../../../src/engine/in-page/page-manager.js';
import { Registry } from '../../../src/engine/in-page/api/registry.js';
import type {
  BackgroundFetchEventMap,
  BackgroundFetchManager,
  BackgroundFetchUpdateUIEvent,
} from '../../../src/standard/background-fetch.js';
import type { ControllableRegistration } from '../../../src/standard/extras.js';
import { areBytesOf } from '../../server/content.js';

/** The engine, and its end events as they come. */
export interface TestEngine extends BackgroundFetchManager {
  readonly scope: string;
  readonly target: EventTarget;
  fetch(...args: Parameters<BackgroundFetchManager['fetch']>): Promise<ControllableRegistration>;
}

const END_EVENTS = ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort'] as const;

/** Makes an engine whose events come to `target`. */
export function startEngine(scope?: string, options: JobRunnerOptions = {}): TestEngine {
  return start((host) => createInPageEngine(host, options), scope);
}

/** Makes the standard's manager, as the polyfill gives it to scripts. */
export function startManager(): TestEngine {
  return start((host) => createInPageManager(host));
}

function start(create: (host: InPageHost) => BackgroundFetchManager, scope = `test ${crypto.randomUUID()}`): TestEngine {
  const target = new EventTarget();
  const registry = new Registry(scope);
  const deliver = async (type: keyof BackgroundFetchEventMap, uid: string) => {
    await deliverEvent(target, registry, type, uid);
  };
  return Object.assign(create({ scope, isActive: true, deliver }), { scope, target }) as TestEngine;
}

/** Waits for the end event of this id, and holds it open until `during` is done. */
export function ended<T>(
  { target }: TestEngine,
  id: string,
  during: (event: BackgroundFetchUpdateUIEvent) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  return new Promise<T>((resolve, reject) => {
    for (const type of END_EVENTS) {
      const listener = (event: Event): void => {
        const end = event as BackgroundFetchUpdateUIEvent;
        if (end.registration.id !== id) return;
        done.abort();
        const result = during(end);
        end.waitUntil(result);
        result.then(resolve, reject);
      };
      target.addEventListener(type, listener, { signal: done.signal });
    }
  });
}

/** True for exactly the first `size` bytes of this seed. */
export function isWhole(body: Uint8Array | Error | undefined, seed: string, size: number): boolean {
  return body instanceof Uint8Array && body.length === size && areBytesOf(seed, 0, body);
}

/** What an end event says, and the bytes of each response in order. */
export async function readEnd(event: BackgroundFetchUpdateUIEvent) {
  const { type, registration } = event;
  const { result, failureReason, downloaded, recordsAvailable } = registration;
  const records = await registration.matchAll();
  const bodies = await Promise.all(
    records.map(async ({ responseReady }) => {
      try {
        return new Uint8Array(await (await responseReady).arrayBuffer());
      } catch (error) {
        return error as Error;
      }
    }),
  );
  const { failureDetail: detail, failureCause: cause } = registration as ControllableRegistration;
  return { type, result, failureReason, downloaded, recordsAvailable, bodies, detail, cause };
}
