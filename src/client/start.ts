/** One start from click to moving bytes: plan, tell the manager, ask the engine, and the other engine where the first refuses. */
import { chooseEngine, wasRefused, type EngineChoice } from '../engine/choose.js';
import type { Engine, EngineName } from '../engine/engine.js';
import type { NativeTurns } from '../engine/native-turns.js';
import type { ManagerApi } from '../manager/api.js';
import { checkPlan } from '../manager/check.js';
import { isActive, type FetchPlan, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration, ImageResource } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { toPlainRequest, type PlainRequest } from '../standard/plain-request.js';
import { activeNative, nativeTurn } from './queue.js';
import type { FetchStore } from './fetch-store.js';

/** What `start()` takes beside the requests. */
export interface StartOptions {
  title?: string;
  icons?: readonly ImageResource[];
  /** Expected size of all bodies together, in bytes. More than this fails the fetch. */
  downloadTotal?: number;
  /**
   * Waits while the line is metered, or the visitor asks to save data, as far as the browser tells (Chromium). What runs in the page is
   * held when the line changes; what the browser's own engine has begun goes on.
   */
  wifiOnly?: boolean | undefined;
}

/** Who remembers and who moves the bytes for this page, and its copy of the records. */
export interface Means {
  readonly records: FetchStore;
  readonly manager: ManagerApi;
  /** Undefined where the browser has none for this page. */
  readonly native: Engine | undefined;
  /** When the browser will let the native engine start. */
  readonly turns: NativeTurns;
  /** Loads the in-page engine, once. */
  readonly inPage: () => Promise<Engine>;
  /** True where the page may know another address for one that has expired. */
  readonly canRefresh: boolean;
}

/** What is to be started, with what was asked for. */
export interface Start {
  readonly id: string;
  readonly requests: readonly Request[];
  readonly options: StartOptions;
  readonly choice: EngineChoice;
}

/** Starts it and gives back the registration that moves the bytes; what stood in the way is remembered as a failure and thrown. */
export async function startFetch(start: Start, means: Means): Promise<BackgroundFetchRegistration> {
  const { id, requests, choice } = start;
  const { native, turns, records } = means;
  const permit = native && (() => turns.take(activeNative(records, id)) === undefined);
  const name = chooseEngine(choice, requests, permit);
  try {
    return await startWith(name, start, means);
  } catch (error) {
    if (name === 'in-page' || choice === 'native' || !wasRefused(error)) throw await refused(id, error, means);
  }
  try {
    return await startWith('in-page', start, means);
  } catch (error) {
    throw await refused(id, error, means);
  }
}

/** Remembers it, to be started when the line is no longer metered. */
export async function holdFetch(start: Start, { records, manager }: Means): Promise<void> {
  const record = await expect(toPlan(start, 'in-page'), start.requests, manager);
  await manager.hold(start.id, record.startedAt);
  records.set(to.held(record, 'waiting', 'wifi'));
}

/** The browser's own engine is asked at once, while the click still counts; the manager hears of it at the same time. */
async function startWith(engineName: EngineName, start: Start, means: Means): Promise<BackgroundFetchRegistration> {
  const { records, manager, native, turns } = means;
  const { id, requests } = start;
  const plan = toPlan(start, engineName);
  const { title, downloadTotal } = plan;
  const local = to.planned(plan, Date.now(), records.get(id));
  const missing = requests.filter((_request, i) => local.files[i]?.state !== 'done').map(withoutIntegrity);
  const expected = expect(plan, requests, manager);
  const failed = expected.then(
    (record) => records.set(to.reconciled(records.get(id), record)),
    (error: unknown) => error,
  );
  records.set(local);

  if (start.choice === 'native') await nativeTurn(id, records, turns, native);
  const engine = engineName === 'native' ? native : await means.inPage();
  if (!engine) throw new DOMException('This browser has no Background Fetch for this page.', 'NotSupportedError');
  if (engineName === 'in-page') await expected;
  const registration = await begin(engine, id, missing, { title, icons: [...plan.icons], downloadTotal });
  const error = await failed;
  if (!(error instanceof Error)) return registration;
  await registration.abort();
  throw error;
}

/** What is remembered of a start; its requests are read whole only when the manager is told. */
function toPlan({ id, requests, options }: Start, engine: EngineName): FetchPlan {
  const { title = '', icons = [], downloadTotal = 0, wifiOnly } = options;
  const sketch = requests.map(({ url }) => ({ url }) as FetchPlan['requests'][number]);
  const plan = {
    id,
    title,
    icons,
    requests: sketch,
    downloadTotal,
    engine,
    page: location.href,
    wifiOnly,
    startedAt: Date.now(),
  };
  checkPlan(plan);
  return { ...plan, icons: icons.map(absolute) };
}

/** A picture that has no address is not shown; the download is none the worse for it. */
function absolute(icon: ImageResource): ImageResource {
  const { baseURI } = document;
  return URL.canParse(icon.src, baseURI) ? { ...icon, src: new URL(icon.src, baseURI).href } : icon;
}

async function expect(plan: FetchPlan, requests: readonly Request[], manager: ManagerApi): Promise<FetchRecord> {
  const whole = await Promise.all(requests.map((request) => toPlainRequest(request.clone())));
  try {
    return await manager.expect({ ...plan, requests: whole });
  } catch (error) {
    // WebKit's database takes no Blobs where nothing is to be left on disk, as under automation.
    if ((error as Error).name !== 'UnknownError') throw error;
    return manager.expect({ ...plan, requests: await Promise.all(whole.map(unpacked)) });
  }
}

async function unpacked({ body, ...plain }: PlainRequest & { body?: Blob }): Promise<PlainRequest> {
  return body ? { ...plain, body: await body.arrayBuffer() } : plain;
}

/** The browser would hold the whole file in memory to check it, and no range could be; the stored bytes are checked instead. */
function withoutIntegrity(request: Request): Request {
  return request.integrity === '' ? request : new Request(request, { integrity: '' });
}

/** Begins it, unless another page or an earlier click was first, or it was held: then that one goes on, and is shown here too. */
async function begin(
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

async function refused(id: string, error: unknown, { records, manager }: Means): Promise<Error> {
  const record = records.get(id);
  if (record && isActive(record)) {
    const failure = to.failureOf(error);
    records.set(to.failed(record, record.files, failure, Date.now()));
    await manager.refuse(id, failure).catch(reportError);
  }
  return error as Error;
}
