/** Starts a download: plans it, registers it with the manager, and starts an engine, or the other one if the first rejects. */
import { chooseEngine, wasRefused, type EngineChoice } from '../engine/choose.js';
import type { Engine, EngineName } from '../engine/engine.js';
import type { NativeTurns } from '../engine/native-turns.js';
import type { ManagerApi } from '../manager/api.js';
import { checkPlan } from '../manager/check.js';
import { isActive, isElsewhere, type FetchPlan, type FetchRecord } from '../manager/record.js';
import { withoutQuery, withoutSecrets } from '../manager/secrets.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration, ImageResource } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { toPlainHead, toPlainRequest, type PlainRequest } from '../standard/plain-request.js';
import type { Consent } from './consent.js';
import { activeNative, nativeTurn } from './native-queue.js';
import type { FetchStore } from './fetch-store.js';
import { warn } from './warn.js';
import { parseUrl } from '../standard/older-browsers.js';

/** Options of `start()`. */
export interface StartOptions {
  title?: string;
  icons?: readonly ImageResource[];
  /** Expected total size of all bodies in bytes. A larger download fails. */
  downloadTotal?: number;
  /** Maximum total size of all bodies in bytes, for files of an unknown size. A larger download fails. */
  maxSize?: number | undefined;
  /**
   * Waits while the connection is metered or the visitor saves data, as far as the browser reports it (docs/decisions/0019). A download in
   * the page is paused when the connection changes; a native one continues.
   */
  wifiOnly?: boolean | undefined;
}

/** Manager, engines and records of this page. */
export interface PageContext {
  readonly records: FetchStore;
  /** Merges a record of the manager into the page's copy. */
  readonly receive: (record: FetchRecord) => void;
  readonly manager: ManagerApi;
  /** Scope of this page's engines. */
  readonly scope: string;
  /** The native engine; undefined if this page has none. */
  readonly native: Engine | undefined;
  /** Limits of native starts. */
  readonly turns: NativeTurns;
  /** Resolves with the in-page engine, which is loaded once. */
  readonly inPage: () => Promise<Engine>;
  /** True if the page can replace expired URLs. */
  readonly canRefresh: boolean;
  readonly consent: Consent;
  /** Resolves with the scopes of the origin's workers; with undefined if the browser does not answer. */
  readonly registered: () => Promise<readonly string[] | undefined>;
}

/** A download to start, with its options. */
export interface Start {
  readonly id: string;
  readonly requests: readonly Request[];
  readonly options: StartOptions;
  readonly choice: EngineChoice;
}

/** Starts a download; resolves with its registration. An error is recorded as a failure and thrown. */
export async function startFetch(start: Start, context: PageContext): Promise<BackgroundFetchRegistration> {
  const { id, requests, choice } = start;
  const { native, turns, records } = context;
  const permit = native && (() => turns.take(activeNative(records, id)) === undefined);
  const name = chooseEngine(choice, requests, permit);
  try {
    return await startWith(name, start, context);
  } catch (error) {
    if (name === 'in-page' || choice === 'native' || !wasRefused(error)) throw await recordFailure(id, error, context);
  }
  try {
    return await startWith('in-page', start, context);
  } catch (error) {
    throw await recordFailure(id, error, context);
  }
}

/** Records a download that starts when the connection is no longer metered. */
export async function holdFetch(start: Start, { receive, manager }: PageContext): Promise<void> {
  const record = await register(toPlan(start, 'in-page'), start.requests, manager);
  await manager.hold(start.id, record.startedAt);
  receive(to.putOnHold(record, 'waiting', 'wifi'));
}

/** Starts one engine. The native one is called at once, during the user activation, in parallel with the manager. */
async function startWith(engineName: EngineName, start: Start, context: PageContext): Promise<BackgroundFetchRegistration> {
  const { records, receive, manager, native, turns } = context;
  const { id, requests } = start;
  const plan = toPlan(start, engineName);
  const { title, downloadTotal } = plan;
  const local = withoutSecrets(to.planned(plan, Date.now(), records.get(id)));
  const missing = requests.filter((_request, i) => local.files[i]?.state !== 'done').map(withoutIntegrity);
  const expected = register(plan, requests, manager);
  const failed = expected.then(
    (record) => receive(record),
    (error: unknown) => error,
  );
  records.set(local);

  if (start.choice === 'native') await nativeTurn(id, records, turns, native);
  const engine = engineName === 'native' ? native : await context.inPage();
  if (!engine) throw new DOMException('This browser has no Background Fetch for this page.', 'NotSupportedError');
  if (engineName === 'in-page') await expected;
  const registration = await startOrJoin(engine, id, missing, { title, icons: [...plan.icons], downloadTotal });
  const error = await failed;
  if (!(error instanceof Error) && records.get(id)) return registration;
  await registration.abort();
  // Without a record all downloads were cleared meanwhile.
  throw error instanceof Error
    ? error
    : new DOMException(`The start of background fetch "${id}" was aborted: all downloads were cleared.`, 'AbortError');
}

/** Creates the plan of a start. The bodies of its requests are added when the manager gets it. */
function toPlan({ id, requests, options }: Start, engine: EngineName): FetchPlan {
  const { title = '', icons = [], downloadTotal = 0, maxSize, wifiOnly } = options;
  const plan = {
    id,
    title,
    icons,
    requests: requests.map(toPlainHead),
    downloadTotal,
    engine,
    page: withoutQuery(location.href),
    maxSize,
    wifiOnly,
    startedAt: Date.now(),
  };
  checkPlan(plan);
  return { ...plan, icons: icons.map(absolute) };
}

/** Resolves the URL of an icon; an invalid one is ignored. */
function absolute(icon: ImageResource): ImageResource {
  const src = parseUrl(icon.src, document.baseURI)?.href;
  return src === undefined ? icon : { ...icon, src };
}

async function register(plan: FetchPlan, requests: readonly Request[], manager: ManagerApi): Promise<FetchRecord> {
  const whole = await Promise.all(requests.map((request) => toPlainRequest(request.clone())));
  try {
    return await manager.register({ ...plan, requests: whole });
  } catch (error) {
    // WebKitGTK 2.50 cannot store Blobs in an ephemeral session (docs/decisions/0005).
    if ((error as Error).name !== 'UnknownError') throw error;
    return manager.register({ ...plan, requests: await Promise.all(whole.map(unpacked)) });
  }
}

async function unpacked({ body, ...plain }: PlainRequest & { body?: Blob }): Promise<PlainRequest> {
  return body ? { ...plain, body: await body.arrayBuffer() } : plain;
}

/** Removes `integrity`: the browser would buffer the whole file to check it. The stored bytes are verified instead. */
function withoutIntegrity(request: Request): Request {
  return request.integrity === '' ? request : new Request(request, { integrity: '' });
}

/** Starts the fetch, or resolves with the active one of another page or an earlier click. */
async function startOrJoin(
  engine: Engine,
  ...[id, requests, options]: Parameters<Engine['fetch']>
): Promise<BackgroundFetchRegistration> {
  try {
    return await engine.fetch(id, requests, options);
  } catch (error) {
    const active = await engine.get(id);
    if (!active) throw error;
    if (isControllable(active)) await active.resume();
    return active;
  }
}

async function recordFailure(id: string, error: unknown, { records, manager, scope }: PageContext): Promise<Error> {
  const record = records.get(id);
  if (record && isActive(record) && !isElsewhere(record, scope)) {
    const failure = to.failureOf(error);
    records.change(id, (now) => to.failed(now, now.files, failure, Date.now()));
    await manager.refuse(id, failure).catch(warn);
  }
  return error as Error;
}
