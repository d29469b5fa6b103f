/** Connects to the manager: in the service worker if one answers, else in the page. */
import type { Engine, Refresh } from '../engine/engine.js';
import type { ManagerApi } from '../manager/api.js';
import type { ActiveFetches } from '../manager/reconcile.js';
import { readRecord } from '../manager/database.js';
import { isActive, isElsewhere, wasGivenUp, type FetchRecord } from '../manager/record.js';
import { withoutSecrets } from '../manager/secrets.js';
import { Consent, type Resume } from './consent.js';
import { inPageEngine } from './in-page.js';
import { OnDemand } from './on-demand.js';
import { remoteManager } from './remote-manager.js';
import { toScriptError, toScriptUrl } from '../standard/script-url.js';

/** Options of a connection. */
export interface ConnectOptions {
  /** The worker's script, which is registered if needed, or a registration; by default the one whose scope covers the page. */
  serviceWorker?: string | URL | ServiceWorkerRegistration | undefined;
  /** Scope of the registration. */
  scope?: string | undefined;
  /** Called for a replacement of a request that a server refused, such as an expired signed URL. */
  refresh?: Refresh | undefined;
  /** Called once per page and download before this page resumes a download that was started before it was opened. */
  resume?: Resume | undefined;
}

/** A manager with its records, and the engines of this page. */
export interface Connection {
  readonly manager: ManagerApi;
  readonly records: readonly FetchRecord[];
  /** Undefined if the manager runs in this page. */
  readonly registration?: ServiceWorkerRegistration;
  /** Scope of this page's engines. */
  readonly scope: string;
  /** Resolves with the in-page engine, which is loaded once. */
  readonly inPage: () => Promise<Engine>;
  /** True if the page can replace expired URLs. */
  readonly canRefresh: boolean;
  /** Asks the site before this page resumes a download of an earlier visit. */
  readonly consent: Consent;
  /** Resolves with the scopes of the origin's workers; with undefined if the browser does not answer. */
  readonly registered: () => Promise<readonly string[] | undefined>;
}

/** The manager in the page, for pages without a service worker. */
const local = new OnDemand(() => import('./local-manager.js'), 'the manager');

/** Timeout of a worker's activation, in milliseconds. */
const ACTIVATION_TIMEOUT = 10_000;

/** Timeout of the lookup of the registration, in milliseconds. */
const LOOKUP_TIMEOUT = 20_000;

/**
 * Hooks shared by the clients of a page, because one engine downloads for all of them; the last one set is used.
 */
const shared: { refresh?: Refresh; resume?: (id: string) => Promise<boolean> } = {};

/** Connects, to the worker if possible. Logs the reason if not. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  await whenShown();
  const { refresh, resume } = options;
  const canRefresh = refresh !== undefined;
  if (canRefresh) shared.refresh = refresh;
  const consent = new Consent(resume);
  if (resume) {
    shared.resume = async (id) => {
      const record = await readRecord(id);
      return !record || consent.ask(withoutSecrets(record));
    };
  }
  let scope = location.origin;
  const native: ActiveFetches[] = [];
  if ('serviceWorker' in navigator) {
    try {
      scope = scopeOf(options) ?? scope;
      const registration = await withTimeout(findRegistration(options));
      if (registration) {
        ({ scope } = registration);
        const { backgroundFetch } = registration as { backgroundFetch?: ActiveFetches };
        if (backgroundFetch) native.push(backgroundFetch);
        return { ...(await connectWorker(registration)), scope, canRefresh, consent, registered: registeredScopes };
      }
    } catch (error) {
      console.warn(`bg-fetch-elements: no service worker to remember downloads, so this page does. ${(error as Error).message}`);
    }
  }
  const { localManager } = await local.load();
  const { manager, engine } = await localManager(scope, shared, native);
  return {
    manager,
    scope,
    records: await listAll(manager, scope),
    inPage: () => Promise.resolve(engine),
    canRefresh,
    consent,
    registered: registeredScopes,
  };
}

/** Resolves when a prerendered page is shown: until then Chromium 156 defers all calls of service workers and locks, so that timeouts would pass. */
async function whenShown(): Promise<void> {
  if (!(document as { readonly prerendering?: boolean }).prerendering) return;
  await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }));
}

async function connectWorker(
  registration: ServiceWorkerRegistration,
): Promise<Omit<Connection, 'scope' | 'canRefresh' | 'consent' | 'registered'>> {
  await activated(registration);
  const manager = remoteManager(registration);
  const records = await listAll(manager, registration.scope);
  let engine: Engine | undefined;
  const inPage = async () => {
    const { createInPageEngine, workerHost } = await inPageEngine.load();
    return (engine ??= createInPageEngine(workerHost(registration), shared));
  };
  return { manager, records, registration, inPage };
}

async function findRegistration({ serviceWorker, scope }: ConnectOptions): Promise<ServiceWorkerRegistration | undefined> {
  if (!isScript(serviceWorker)) return serviceWorker ?? navigator.serviceWorker.getRegistration();
  try {
    return await navigator.serviceWorker.register(toScriptUrl(serviceWorker), scope === undefined ? {} : { scope });
  } catch (error) {
    throw toScriptError(error, serviceWorker);
  }
}

/** Resolves with all records; takes over active downloads of apps that no longer exist. */
async function listAll(manager: ManagerApi, scope: string): Promise<FetchRecord[]> {
  const records = await manager.list();
  const isOfGoneApp = (record: FetchRecord) => isElsewhere(record, scope) && (isActive(record) || wasGivenUp(record));
  return records.some(isOfGoneApp) ? manager.list(await registeredScopes()) : records;
}

/** Resolves with the scopes of the origin's workers; with undefined if the browser does not answer. */
async function registeredScopes(): Promise<string[] | undefined> {
  if (!('serviceWorker' in navigator)) return [];
  // Then nothing is taken over at this visit.
  const registrations = await withTimeout(navigator.serviceWorker.getRegistrations()).catch(() => undefined);
  return registrations?.map(({ scope }) => scope);
}

/** Returns the scope that a worker would have, so that downloads continue with and without it. */
function scopeOf({ serviceWorker, scope }: ConnectOptions): string | undefined {
  if (!isScript(serviceWorker)) return undefined;
  const { baseURI } = document;
  return scope === undefined ? new URL('.', new URL(serviceWorker, baseURI)).href : new URL(scope, baseURI).href;
}

function isScript(worker: ConnectOptions['serviceWorker']): worker is string | URL {
  return typeof worker === 'string' || worker instanceof URL;
}

async function withTimeout<Result>(found: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`Looking up the service worker registration timed out after ${LOOKUP_TIMEOUT} ms.`)),
    LOOKUP_TIMEOUT,
  );
  return Promise.race([found, promise]).finally(() => clearTimeout(timer));
}

/** Resolves when a worker of the registration is active; `navigator.serviceWorker.ready` never resolves if no scope covers the page. */
async function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker) throw new Error(`The registration for ${registration.scope} has no worker.`);
  const settled = () => worker.state === 'activated' || worker.state === 'activating' || worker.state === 'redundant';
  const done = new AbortController();
  const timeout = AbortSignal.timeout(ACTIVATION_TIMEOUT);
  await new Promise<void>((resolve) => {
    const look = () => {
      if (settled() || timeout.aborted) resolve();
    };
    worker.addEventListener('statechange', look, { signal: done.signal });
    timeout.addEventListener('abort', look, { signal: done.signal });
    look();
  });
  done.abort();
  if (!registration.active) throw new Error(`The worker ${worker.scriptURL} did not become active (it is ${worker.state}).`);
}
