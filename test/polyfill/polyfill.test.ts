/** The polyfill, where the browser has no Background Fetch: interfaces as WebIDL has them, and a worker that knows only the standard. */
import { describe, expect, it } from 'vitest';
import { hasBackgroundFetch } from '../../src/engine/in-page/api/expose.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
} from '../../src/standard/background-fetch.js';
import { fileUrl } from '../setup/server.js';

const native = hasBackgroundFetch();
await import('../../src/polyfill/index.js');

const globals = globalThis as unknown as Record<string, { new (): unknown; prototype: object; length: number; name: string }>;
const names = ['BackgroundFetchManager', 'BackgroundFetchRegistration', 'BackgroundFetchRecord'];

async function registerWorker(): Promise<ServiceWorkerRegistration & { backgroundFetch: BackgroundFetchManager }> {
  const scope = `/test/engine/${crypto.randomUUID()}/`;
  const registration = await navigator.serviceWorker.register('/test/polyfill/standard-worker.js', { scope, type: 'module' });
  const worker = registration.installing ?? registration.waiting;
  while (registration.active?.state !== 'activated') {
    await new Promise((resolve) => worker?.addEventListener('statechange', resolve, { once: true }));
  }
  return registration as ServiceWorkerRegistration & { backgroundFetch: BackgroundFetchManager };
}

const messages = new BroadcastChannel('standard-worker');
const heard: unknown[] = [];
messages.addEventListener('message', ({ data }) => heard.push(data));

it.runIf(native)('leaves the browser’s own alone', () => {
  expect(Function.prototype.toString.call(globals.BackgroundFetchManager)).toContain('[native code]');
});

describe.skipIf(native)('where the browser has none', () => {
  it.for(names)('has the interface %s, which no script constructs', (name) => {
    const face = globals[name]!;
    expect({ name: face.name, length: face.length }).toEqual({ name, length: 0 });
    expect(() => new face()).toThrow(TypeError);
    expect(Object.getOwnPropertyDescriptor(globalThis, name)).toMatchObject({
      enumerable: false,
      writable: true,
      configurable: true,
    });
    expect(Object.getOwnPropertyDescriptor(face, 'prototype')).toMatchObject({ writable: false, enumerable: false });
    expect(Object.prototype.toString.call(face.prototype)).toBe(`[object ${name}]`);
    expect((face.prototype as { constructor: unknown }).constructor).toBe(face);
  });

  it('refuses what is more than there is with the class that standards have for it, as the browser refuses its own', async () => {
    const { backgroundFetch } = await registerWorker();
    const refused = backgroundFetch.fetch('much', fileUrl(), { downloadTotal: Number.MAX_SAFE_INTEGER });
    const error = await refused.catch((reason: unknown) => reason as DOMException & { quota: unknown; requested: unknown });
    const { QuotaExceededError } = globals as unknown as { QuotaExceededError: new () => unknown };
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: 'QuotaExceededError', code: 22, quota: null, requested: null });
    expect(error.constructor).toBe(QuotaExceededError);
    const own = () => crypto.getRandomValues(new Uint8Array(65_537));
    expect(own).toThrow(QuotaExceededError);
    expect(new DOMException('', 'AbortError') instanceof QuotaExceededError).toBe(false);
  });

  it('has methods with the lengths of their required arguments, and members that can be enumerated', () => {
    const lengths = (name: string, methods: string[]) => {
      const prototype = globals[name]!.prototype as Record<string, { length: number }>;
      return methods.map((method) => prototype[method]!.length);
    };
    expect(lengths('BackgroundFetchManager', ['fetch', 'get', 'getIds'])).toEqual([2, 1, 0]);
    expect(lengths('BackgroundFetchRegistration', ['abort', 'match', 'matchAll'])).toEqual([0, 1, 0]);
    const attributes = Object.entries(Object.getOwnPropertyDescriptors(globals.BackgroundFetchRegistration!.prototype));
    for (const name of [
      'id',
      'uploadTotal',
      'uploaded',
      'downloadTotal',
      'downloaded',
      'result',
      'failureReason',
      'recordsAvailable',
    ]) {
      expect(attributes.find(([key]) => key === name)?.[1]).toMatchObject({
        enumerable: true,
        configurable: true,
        set: undefined,
      });
    }
  });

  it('rejects rather than throws when a method is called on something else, and throws where an attribute is read', async () => {
    const { prototype } = globals.BackgroundFetchManager as { prototype: unknown } & { prototype: BackgroundFetchManager };
    await expect(prototype.getIds.call({} as never)).rejects.toBeInstanceOf(TypeError);
    await expect(prototype.get.call({} as never, 'id')).rejects.toBeInstanceOf(TypeError);
    expect(() => (globals.BackgroundFetchRegistration!.prototype as BackgroundFetchRegistration).id).toThrow(TypeError);
    const record = globals.BackgroundFetchRecord!.prototype as BackgroundFetchRecord;
    await expect(record.responseReady).rejects.toBeInstanceOf(TypeError);
    const attribute = Object.getOwnPropertyDescriptor(ServiceWorkerRegistration.prototype, 'backgroundFetch');
    expect(attribute).toMatchObject({ enumerable: true, configurable: true, set: undefined });
    expect(attribute?.get?.name).toBe('get backgroundFetch');
  });

  it('rejects calls with fewer arguments than are required, and reads nothing without an object', async () => {
    const { backgroundFetch } = await registerWorker();
    const bare = backgroundFetch as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    for (const args of [[], ['id']]) await expect(bare.fetch!(...args)).rejects.toBeInstanceOf(TypeError);
    await expect(bare.get!()).rejects.toBeInstanceOf(TypeError);
    const registration = await backgroundFetch.fetch(crypto.randomUUID(), fileUrl('size=1&rate=1'));
    const { match } = registration as unknown as { match: () => Promise<unknown> };
    await expect(match.call(registration)).rejects.toThrow('0 of 1 required arguments were given');
    await registration.abort();
    const { get } = Object.getOwnPropertyDescriptor(globals.BackgroundFetchRecord!.prototype, 'responseReady')!;
    await expect(get!.call(undefined)).rejects.toBeInstanceOf(TypeError);
  });

  it('asks each member of a registration whether it is called on one', async () => {
    const { prototype } = globals.BackgroundFetchRegistration!;
    for (const [name, { get, set, value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name === 'constructor') continue;
      for (const other of [{}, prototype, new EventTarget()]) {
        if (get) expect(() => void get.call(other), name).toThrow(TypeError);
        if (set) expect(() => set.call(other, () => undefined), name).toThrow(TypeError);
        if (name === 'match' || name === 'matchAll' || name === 'abort')
          await expect((value as (url: string) => unknown).call(other, '/'), name).rejects.toBeInstanceOf(TypeError);
      }
    }
  });

  it('gives a registration of a worker one manager, and refuses to start before that worker is active', async () => {
    const scope = `/test/engine/${crypto.randomUUID()}/`;
    const pending = await navigator.serviceWorker.register('/test/polyfill/standard-worker.js', { scope, type: 'module' });
    const { backgroundFetch } = pending as unknown as { backgroundFetch: BackgroundFetchManager };
    expect(Object.prototype.toString.call(backgroundFetch)).toBe('[object BackgroundFetchManager]');
    expect((pending as unknown as { backgroundFetch: unknown }).backgroundFetch).toBe(backgroundFetch);
    if (!pending.active) await expect(backgroundFetch.fetch('early', fileUrl())).rejects.toBeInstanceOf(TypeError);
    expect(await backgroundFetch.get('early')).toBeUndefined();
    await pending.unregister();
  });

  it('runs a worker that is written to the standard', async () => {
    const registration = await registerWorker();
    const id = crypto.randomUUID();
    const url = fileUrl('size=2M&seed=s');
    await registration.backgroundFetch.fetch(id, url);
    await expect
      .poll(() => heard.find((data) => (data as { id?: string }).id === id))
      .toEqual({
        id,
        result: 'success',
        size: 2 ** 21,
        url,
        active: [],
        names: ['UpdateUIEvent', 'Registration', 'Record'].map((name) => `[object BackgroundFetch${name}]`),
        extendable: true,
        refusal: 'NotAllowedError',
        lengths: [2, 2],
        handlers: { own: true, read: null, refused: 'TypeError' },
        foreign: ['TypeError', 'TypeError'],
        first: 'updated',
        second: 'InvalidStateError',
      });
    const aborted = await registration.backgroundFetch.fetch('slow', fileUrl('size=9M&rate=1M'));
    await aborted.abort();
    await expect.poll(() => heard).toContain('aborted slow');
    expect(heard).not.toContain('heard a message');
    await registration.unregister();
  });
});
