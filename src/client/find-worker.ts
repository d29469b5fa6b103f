/** Finds or registers the service worker, and waits until it is active. */
import { toScriptError, toScriptUrl } from '../standard/script-url.js';
import { ACTIVATE } from '../manager/call.js';
import { deferred } from '../standard/older-browsers.js';

/** Which worker a client uses. */
export interface WorkerOptions {
  /** The worker's script, which is registered if needed, or a registration; by default the one whose scope covers the page. */
  serviceWorker?: string | URL | ServiceWorkerRegistration | undefined;
  /** Scope of the registration. */
  scope?: string | undefined;
}

/** Timeout of a worker's activation, in milliseconds. */
const ACTIVATION_TIMEOUT = 10_000;

/** Timeout of the lookup of the registration, in milliseconds. */
const LOOKUP_TIMEOUT = 20_000;

/** Resolves with the registration, registered if a script is given; with undefined if no scope covers the page. */
export async function findRegistration(options: WorkerOptions): Promise<ServiceWorkerRegistration | undefined> {
  const { serviceWorker, scope } = options;
  if (!isScript(serviceWorker)) return serviceWorker ?? withTimeout(navigator.serviceWorker.getRegistration());
  try {
    return await withTimeout(navigator.serviceWorker.register(toScriptUrl(serviceWorker), scope === undefined ? {} : { scope }));
  } catch (error) {
    throw toScriptError(error, serviceWorker);
  }
}

/** Resolves with the scopes of the origin's workers; with undefined if the browser does not answer. */
export async function registeredScopes(): Promise<string[] | undefined> {
  if (!('serviceWorker' in navigator)) return [];
  // Then nothing is taken over at this visit.
  const registrations = await withTimeout(navigator.serviceWorker.getRegistrations()).catch(() => undefined);
  return registrations?.map(({ scope }) => scope);
}

/** Returns the scope that a worker would have, so that downloads continue with and without it. */
export function scopeOf({ serviceWorker, scope }: WorkerOptions): string {
  if (!isScript(serviceWorker)) return location.origin;
  const { baseURI } = document;
  return scope === undefined ? new URL('.', new URL(serviceWorker, baseURI)).href : new URL(scope, baseURI).href;
}

/**
 * Resolves with the registration's worker when it is active; `navigator.serviceWorker.ready` never resolves if no scope covers the page. A worker
 * that replaces a script of another URL is activated at once: the older one may not know this kit.
 */
export async function activated(
  registration: ServiceWorkerRegistration,
  { serviceWorker }: WorkerOptions,
): Promise<ServiceWorker> {
  const { active } = registration;
  const next = registration.waiting ?? registration.installing;
  const isReplaced = isScript(serviceWorker) && active && next && active.scriptURL !== next.scriptURL;
  const worker = isReplaced ? next : (active ?? next);
  if (!worker) throw new Error(`The registration for ${registration.scope} has no worker.`);
  const done = new AbortController();
  const timeout = AbortSignal.timeout(ACTIVATION_TIMEOUT);
  await new Promise<void>((resolve) => {
    const look = () => {
      if (isReplaced && worker.state === 'installed') worker.postMessage(ACTIVATE);
      if (SETTLED.has(worker.state) || timeout.aborted) resolve();
    };
    worker.addEventListener('statechange', look, { signal: done.signal });
    timeout.addEventListener('abort', look, { signal: done.signal });
    look();
  });
  done.abort();
  if (!registration.active) throw new Error(`The worker ${worker.scriptURL} did not become active (it is ${worker.state}).`);
  return registration.active;
}

const SETTLED: ReadonlySet<ServiceWorkerState> = new Set(['activating', 'activated', 'redundant']);

function isScript(worker: WorkerOptions['serviceWorker']): worker is string | URL {
  return typeof worker === 'string' || worker instanceof URL;
}

async function withTimeout<Result>(found: Promise<Result>): Promise<Result> {
  const { promise, reject } = deferred<never>();
  const timer = setTimeout(
    () => reject(new Error(`Looking up the service worker registration timed out after ${LOOKUP_TIMEOUT} ms.`)),
    LOOKUP_TIMEOUT,
  );
  return Promise.race([found, promise]).finally(() => clearTimeout(timer));
}
