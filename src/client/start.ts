/** One start from click to moving bytes: plan, tell the manager, ask the engine, and the other engine where the first refuses. */
import { chooseEngine, wasRefused, type EngineChoice } from '../engine/choose.js';
import type { Engine, EngineName } from '../engine/engine.js';
import { checkPlan } from '../manager/check.js';
import { isActive, type FetchPlan, type FetchRecord } from '../manager/record.js';
import * as to from '../manager/transitions.js';
import type { BackgroundFetchRegistration, ImageResource } from '../standard/background-fetch.js';
import { toPlainRequest } from '../standard/plain-request.js';
import type { Connection } from './connect.js';
import { activeNative, nativeTurn } from './queue.js';
import type { FetchStore } from './fetch-store.js';

/** What `start()` takes beside the requests. */
export interface StartOptions {
  title?: string;
  icons?: readonly ImageResource[];
  /** Expected size of all bodies together, in bytes. More than this fails the fetch. */
  downloadTotal?: number;
  /** Waits while the line is metered, or the visitor asks to save data, as far as the browser tells (Chromium). */
  wifiOnly?: boolean | undefined;
}

/** What is to be started, with what was asked for. */
export interface Start {
  readonly id: string;
  readonly requests: readonly Request[];
  readonly options: StartOptions;
  readonly choice: EngineChoice;
}

/** Starts it and gives back the registration that moves the bytes; what stood in the way is remembered as a failure and thrown. */
export async function startFetch(
  start: Start,
  records: FetchStore,
  connection: Connection,
): Promise<BackgroundFetchRegistration> {
  const { id, requests, choice } = start;
  const name = chooseEngine(
    choice,
    requests,
    connection.native && (() => connection.turns.take(activeNative(records, id)) === undefined),
  );
  try {
    return await startWith(name, start, records, connection);
  } catch (error) {
    if (name === 'in-page' || choice === 'native' || !wasRefused(error)) throw await refused(id, error, records, connection);
  }
  try {
    return await startWith('in-page', start, records, connection);
  } catch (error) {
    throw await refused(id, error, records, connection);
  }
}

/** Remembers it, to be started when the line is no longer metered. */
export async function holdFetch(start: Start, connection: Connection): Promise<void> {
  const record = await expect(toPlan(start, 'in-page'), start.requests, connection);
  await connection.manager.hold(start.id, record.startedAt);
}

/** The browser's own engine is asked at once, while the click still counts; the manager hears of it at the same time. */
async function startWith(
  engineName: EngineName,
  start: Start,
  records: FetchStore,
  connection: Connection,
): Promise<BackgroundFetchRegistration> {
  const { id, requests } = start;
  const plan = toPlan(start, engineName);
  const { title, downloadTotal } = plan;
  const local = to.planned(plan, Date.now(), records.get(id));
  const missing = requests.filter((_request, i) => local.files[i]?.state !== 'done').map(withoutIntegrity);
  const expected = expect(plan, requests, connection);
  const failed = expected.then(
    (record) => records.set(to.reconciled(records.get(id), record)),
    (error: unknown) => error,
  );
  records.set(local);

  if (start.choice === 'native') await nativeTurn(id, records, connection.turns);
  const engine = engineName === 'native' ? connection.native : await connection.inPage();
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
  const absolute = icons.map((icon) => ({ ...icon, src: new URL(icon.src, document.baseURI).href }));
  const sketch = requests.map(({ url }) => ({ url }) as FetchPlan['requests'][number]);
  const plan = { id, title, icons: absolute, requests: sketch, downloadTotal, engine, page: location.href, wifiOnly };
  checkPlan(plan);
  return plan;
}

async function expect(plan: FetchPlan, requests: readonly Request[], { manager }: Connection): Promise<FetchRecord> {
  const whole = await Promise.all(requests.map((request) => toPlainRequest(request.clone())));
  return manager.expect({ ...plan, requests: whole });
}

/** The browser would hold the whole file in memory to check it, and no range could be; the stored bytes are checked instead. */
function withoutIntegrity(request: Request): Request {
  return request.integrity === '' ? request : new Request(request, { integrity: '' });
}

/** Begins it, unless another page or an earlier click was first: then that one is shown here too. */
async function begin(
  engine: Engine,
  ...[id, requests, options]: Parameters<Engine['fetch']>
): Promise<BackgroundFetchRegistration> {
  try {
    return await engine.fetch(id, requests, options);
  } catch (error) {
    const active = await engine.get(id);
    if (active) return active;
    throw error;
  }
}

async function refused(id: string, error: unknown, records: FetchStore, { manager }: Connection): Promise<Error> {
  const record = records.get(id);
  if (record && isActive(record)) {
    const failure = to.failureOf(error);
    records.set(to.failed(record, record.files, failure, Date.now()));
    await manager.refuse(id, failure).catch(reportError);
  }
  return error as Error;
}
