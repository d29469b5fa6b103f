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
import { activated, findRegistration, registeredScopes, scopeOf, type WorkerOptions } from './find-worker.js';
import { firstTimeouts, noteAnswer, silenceOf } from './silent-worker.js';

/** Options of a connection. */
export interface ConnectOptions extends WorkerOptions {
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
  let scope = scopeOf(options);
  const native: ActiveFetches[] = [];
  if ('serviceWorker' in navigator) {
    try {
      const registration = await findRegistration(options);
      if (registration) {
        ({ scope } = registration);
        const { backgroundFetch } = registration as { backgroundFetch?: ActiveFetches };
        if (backgroundFetch) native.push(backgroundFetch);
        return { ...(await connectWorker(registration, options)), scope, canRefresh, consent, registered: registeredScopes };
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
  options: WorkerOptions,
): Promise<Omit<Connection, 'scope' | 'canRefresh' | 'consent' | 'registered'>> {
  const worker = await activated(registration, options);
  const manager = remoteManager(registration);
  const records = await firstList(registration, worker);
  let engine: Engine | undefined;
  const inPage = async () => {
    const { createInPageEngine, workerHost } = await inPageEngine.load();
    return (engine ??= createInPageEngine(workerHost(registration), shared));
  };
  return { manager, records, registration, inPage };
}

/** Resolves with all records. Rejects if the worker does not answer, which a later visit notices sooner. */
async function firstList(registration: ServiceWorkerRegistration, worker: ServiceWorker): Promise<FetchRecord[]> {
  const { scope } = registration;
  const timeouts = firstTimeouts(worker);
  try {
    const records = await listAll(remoteManager(registration, timeouts), scope);
    noteAnswer(worker, true);
    if (location.protocol.startsWith('http') && !location.href.startsWith(scope)) {
      const effect = 'its downloads work, but no URL of this page is answered with a stored file';
      console.warn(`bg-fetch-elements: the scope ${scope} of ${worker.scriptURL} does not cover this page: ${effect}.`);
    }
    return records;
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') throw error;
    noteAnswer(worker, false);
    const hasAnswered = () => noteAnswer(worker, true);
    // It may be slow only: a late answer counts at the next visit.
    if (timeouts)
      remoteManager(registration)
        .list()
        .then(hasAnswered, () => undefined);
    throw silenceOf(worker, error as DOMException);
  }
}

/** Resolves with all records; takes over active downloads of apps that no longer exist. */
async function listAll(manager: ManagerApi, scope: string): Promise<FetchRecord[]> {
  const records = await manager.list();
  const isOfGoneApp = (record: FetchRecord) => isElsewhere(record, scope) && (isActive(record) || wasGivenUp(record));
  return records.some(isOfGoneApp) ? manager.list(await registeredScopes()) : records;
}
