/** Finds who remembers for this page: the manager in a service worker where one answers, else one in the page. */
import type { Engine, Refresh } from '../engine/engine.js';
import type { ManagerApi } from '../manager/api.js';
import type { ActiveFetches } from '../manager/reconcile.js';
import type { FetchRecord } from '../manager/record.js';
import { OnDemand } from './on-demand.js';
import { remoteManager } from './remote-manager.js';
import { toScriptUrl } from '../standard/script-url.js';

/** Where the manager is to live. */
export interface ConnectOptions {
  /** The worker's script, registered if need be, or a registration; by default the one that covers the page. */
  serviceWorker?: string | URL | ServiceWorkerRegistration | undefined;
  /** The scope to register the script for. */
  scope?: string | undefined;
  /** Asked for another request where a server refuses one, as a signed address that has expired is. */
  refresh?: Refresh | undefined;
}

/** A manager that answered, its records, and where the engines of this page are. */
export interface Connection {
  readonly manager: ManagerApi;
  readonly records: readonly FetchRecord[];
  /** Undefined where the manager is in this page. */
  readonly registration?: ServiceWorkerRegistration;
  /** Loads the in-page engine, once. */
  readonly inPage: () => Promise<Engine>;
  /** True where the page may know another address for one that has expired. */
  readonly canRefresh: boolean;
}

/** How long a worker may take to become active, in milliseconds. */
const ACTIVATION = 10_000;

/** How long the browser may take to say which worker there is, in milliseconds. */
const REGISTRATION = 20_000;

/** What the clients of a page have in common, as one of them moves the bytes for all: who knows another address, the last to say so. */
const shared: { refresh?: Refresh } = {};

/** Connects, in the worker if at all possible. What stood in the way of that is said in the console. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { refresh } = options;
  const canRefresh = refresh !== undefined;
  if (canRefresh) shared.refresh = refresh;
  let scope = location.origin;
  const native: ActiveFetches[] = [];
  if ('serviceWorker' in navigator) {
    try {
      scope = scopeOf(options) ?? scope;
      const registration = await inTime(findRegistration(options));
      if (registration) {
        ({ scope } = registration);
        const { backgroundFetch } = registration as { backgroundFetch?: ActiveFetches };
        if (backgroundFetch) native.push(backgroundFetch);
        return { ...(await connectWorker(registration)), canRefresh };
      }
    } catch (error) {
      console.warn(`bg-fetch-elements: no service worker to remember downloads, so this page does. ${(error as Error).message}`);
    }
  }
  const { localManager } = await import('./local-manager.js');
  const { manager, engine } = await localManager(scope, shared, native);
  return { manager, records: await manager.list(), inPage: () => Promise.resolve(engine), canRefresh };
}

async function connectWorker(registration: ServiceWorkerRegistration): Promise<Omit<Connection, 'canRefresh'>> {
  await activated(registration);
  const manager = remoteManager(registration);
  const records = await manager.list();
  const engine = new OnDemand(async () => {
    const { createInPageEngine, workerHost } = await import('../engine/in-page/index.js');
    return createInPageEngine(workerHost(registration), shared);
  });
  return { manager, records, registration, inPage: () => engine.load() };
}

async function findRegistration({ serviceWorker, scope }: ConnectOptions): Promise<ServiceWorkerRegistration | undefined> {
  if (!isScript(serviceWorker)) return serviceWorker ?? navigator.serviceWorker.getRegistration();
  return navigator.serviceWorker.register(toScriptUrl(serviceWorker), scope === undefined ? {} : { scope });
}

/** The scope a worker would have: what is begun with one goes on without it, and so the other way round. */
function scopeOf({ serviceWorker, scope }: ConnectOptions): string | undefined {
  if (!isScript(serviceWorker)) return undefined;
  const { baseURI } = document;
  return scope === undefined ? new URL('.', new URL(serviceWorker, baseURI)).href : new URL(scope, baseURI).href;
}

function isScript(worker: ConnectOptions['serviceWorker']): worker is string | URL {
  return typeof worker === 'string' || worker instanceof URL;
}

async function inTime<Result>(found: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`The browser did not say in ${REGISTRATION} ms which there is.`)),
    REGISTRATION,
  );
  return Promise.race([found, promise]).finally(() => clearTimeout(timer));
}

/** Waits for the first worker of a registration; `navigator.serviceWorker.ready` would wait for ever where none covers the page. */
async function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker) throw new Error(`The registration for ${registration.scope} has no worker.`);
  const settled = () => worker.state === 'activated' || worker.state === 'activating' || worker.state === 'redundant';
  const done = new AbortController();
  const late = AbortSignal.timeout(ACTIVATION);
  await new Promise<void>((resolve) => {
    const look = () => {
      if (settled() || late.aborted) resolve();
    };
    worker.addEventListener('statechange', look, { signal: done.signal });
    late.addEventListener('abort', look, { signal: done.signal });
    look();
  });
  done.abort();
  if (!registration.active) throw new Error(`The worker ${worker.scriptURL} did not become active (it is ${worker.state}).`);
}
