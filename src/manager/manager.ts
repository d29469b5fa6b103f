/** Remembers every download, stores what the engines bring and says so. It lives in the service worker, or in the page where there is none. */
import type { BackgroundFetchManager, BackgroundFetchRecord, BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable, type FileProgress } from '../standard/extras.js';
import { toPlainRequest } from '../standard/plain-request.js';
import { readRegistration } from '../standard/snapshot.js';
import type { ManagerApi } from './api.js';
import { announce } from './changes.js';
import { checkId, checkPlan } from './check.js';
import { isActive, UNDO_TIME, type FetchPlan, type FetchRecord } from './record.js';
import { deleteRecord, readRecord, readRecords, writeRecord } from './record-store.js';
import { allStored, deleteResponses, storeResponse } from './response-store.js';
import * as to from './transitions.js';

/** What the manager asks of the engines: which fetches are active. */
export type ActiveFetches = Pick<BackgroundFetchManager, 'get' | 'getIds'>;

/** A fetch that no engine knows is given up when its start is longer ago than this, in milliseconds. */
const START_GRACE = 60_000;

export class Manager implements ManagerApi {
  readonly #engines: readonly ActiveFetches[];
  readonly #purges = new Set<Promise<void>>();

  constructor(engines: readonly ActiveFetches[]) {
    this.#engines = engines;
  }

  async expect(plan: FetchPlan): Promise<FetchRecord> {
    checkPlan(plan);
    return alone(plan.id, async () => {
      const before = await readRecord(plan.id);
      if (before && isActive(before) && (await this.#registration(plan.id))) return before;
      return this.#write(to.planned(plan, Date.now(), before));
    });
  }

  async refuse(id: string, detail: string): Promise<void> {
    await this.#change(id, (record) => {
      return isActive(record) ? to.failed(record, record.files, { reason: 'fetch-error', detail }, Date.now()) : record;
    });
  }

  async note(id: string, startedAt: number, downloaded: number, downloadTotal: number): Promise<void> {
    await this.#change(id, (record) => {
      if (record.startedAt !== startedAt || !isActive(record)) return record;
      return { ...to.sized(record, downloadTotal), downloaded: Math.max(record.downloaded, downloaded) };
    });
  }

  async abandon(id: string): Promise<void> {
    await this.#change(id, (record) => (isActive(record) ? to.aborted(record, Date.now()) : record));
  }

  async list(): Promise<FetchRecord[]> {
    await this.reconcile();
    return readRecords();
  }

  async discard(id: string): Promise<void> {
    await this.#change(id, (record) => (isActive(record) ? record : to.discarded(record, Date.now())));
    this.#purges.add(this.#purgeAt(id, Date.now() + UNDO_TIME));
  }

  async restore(id: string): Promise<void> {
    await this.#change(id, (record) => (to.isGone(record, Date.now()) ? record : to.restored(record)));
  }

  /** Resolves when nothing that a command began is left to do: what was discarded has gone, or was restored. */
  async rest(): Promise<void> {
    const purges = [...this.#purges];
    await Promise.all(purges);
    for (const purge of purges) this.#purges.delete(purge);
  }

  /** Takes the end of a fetch, from either engine's event: stores its files, then says `done`. */
  async settle(registration: BackgroundFetchRegistration): Promise<void> {
    await alone(registration.id, async () => {
      const record = (await readRecord(registration.id)) ?? (await adopted(registration));
      const { result, failureReason, failureDetail } = {
        failureDetail: undefined,
        ...detailOf(registration),
        ...readRegistration(registration),
      };
      if (failureReason === 'aborted') return this.#write(to.aborted(record, Date.now()));
      await this.#write(to.saving(record, Date.now()));
      try {
        const files =
          failureReason === 'download-total-exceeded' ? record.files : await store(record, await registration.matchAll());
        const whole = result === 'success' && files.every(({ state }) => state === 'done');
        if (whole) return this.#write(to.done(record, files, Date.now()));
        return this.#write(
          to.failed(record, files, { reason: failureReason || 'fetch-error', detail: failureDetail }, Date.now()),
        );
      } catch (error) {
        const { name, message } = error as Error;
        const reason = name === 'QuotaExceededError' ? 'quota-exceeded' : 'fetch-error';
        return this.#write(to.failed(record, record.files, { reason, detail: message }, Date.now()));
      }
    });
  }

  /** Sets the records right against what the engines know and what is stored. */
  async reconcile(): Promise<void> {
    const [records, active] = await Promise.all([readRecords(), this.#activeIds()]);
    const known = new Set(records.map(({ id }) => id));
    await Promise.all([
      ...records.map((record) => this.#setRight(record, active)),
      ...[...active].filter((id) => !known.has(id)).map((id) => this.#adopt(id)),
    ]);
  }

  async #setRight(record: FetchRecord, active: ReadonlySet<string>): Promise<void> {
    if (to.isGone(record, Date.now())) return this.#purgeAt(record.id, 0);
    if (record.status === 'done' && !(await allStored(record.id, record.files.length))) {
      return this.#change(record.id, (now) => to.evicted(now, Date.now()));
    }
    if (!isActive(record) || active.has(record.id) || Date.now() - record.changedAt < START_GRACE) return undefined;
    return this.#change(record.id, (now) => {
      const failure = { reason: 'fetch-error', detail: 'The browser ended it while no page was open.' } as const;
      return isActive(now) && now.startedAt === record.startedAt ? to.failed(now, now.files, failure, Date.now()) : now;
    });
  }

  async #adopt(id: string): Promise<void> {
    const registration = await this.#registration(id);
    if (!registration) return;
    const record = await adopted(registration);
    await alone(id, async () => {
      if (!(await readRecord(id))) await this.#write(record);
    });
  }

  async #activeIds(): Promise<Set<string>> {
    return new Set((await Promise.all(this.#engines.map((engine) => engine.getIds()))).flat());
  }

  async #registration(id: string): Promise<BackgroundFetchRegistration | undefined> {
    for (const engine of this.#engines) {
      const found = await engine.get(id);
      if (found) return found;
    }
    return undefined;
  }

  async #purgeAt(id: string, time: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())));
    await alone(id, async () => {
      const record = await readRecord(id);
      if (!record || !to.isGone(record, Date.now())) return;
      await deleteRecord(id);
      announce({ gone: id });
      await deleteResponses(id);
    });
  }

  async #change(id: string, change: (record: FetchRecord) => FetchRecord): Promise<void> {
    checkId(id, 'change');
    await alone(id, async () => {
      const record = await readRecord(id);
      if (!record) throw new DOMException(`There is no background fetch "${id}". Start it first.`, 'NotFoundError');
      const next = change(record);
      if (next !== record) await this.#write(next);
    });
  }

  async #write(record: FetchRecord): Promise<FetchRecord> {
    await writeRecord(record);
    announce({ record });
    return record;
  }
}

/** Runs one change of a download at a time, over all pages and workers. */
function alone<T>(id: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request(`bg-fetch-elements:${id}`, task) as Promise<T>) : task();
}

/** Stores every response that is whole and good, and says how each file fared. */
async function store(record: FetchRecord, responses: readonly BackgroundFetchRecord[]): Promise<FileProgress[]> {
  const left = [...responses];
  const files: FileProgress[] = [];
  for (const [index, file] of record.files.entries()) {
    const { url, method } = record.requests[index] ?? { url: file.url, method: 'GET' };
    const at = left.findIndex(({ request }) => request.url === url && request.method === method);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    files.push(found && file.state !== 'done' ? await storeOne(record.id, index, file, found) : file);
  }
  return files;
}

async function storeOne(id: string, index: number, file: FileProgress, record: BackgroundFetchRecord): Promise<FileProgress> {
  const { ok, status } = await headOf(record);
  if (!ok) return { ...file, state: 'failed', status };
  const { body } = await storeResponse(id, index, record);
  return { ...file, state: 'done', status, downloaded: body.size, downloadTotal: body.size };
}

/** A failed record rejects its response (`UnknownError` in Chromium): that is the fact, not an error. */
async function headOf({ responseReady }: BackgroundFetchRecord): Promise<Pick<Response, 'ok' | 'status'>> {
  try {
    return await responseReady;
  } catch {
    return { ok: false, status: 0 };
  }
}

/** A record for a fetch that was started beside the client, as far as its registration tells. */
async function adopted(registration: BackgroundFetchRegistration): Promise<FetchRecord> {
  const records = await registration.matchAll();
  const requests = await Promise.all(records.map(({ request }) => toPlainRequest(request.clone())));
  const engine = isControllable(registration) ? 'in-page' : 'native';
  const { id, downloadTotal } = registration;
  return to.progressed(
    to.planned({ id, title: id, icons: [], requests, downloadTotal, engine }, Date.now()),
    readRegistration(registration),
    Date.now(),
  );
}

function detailOf(registration: BackgroundFetchRegistration): { failureDetail?: string } {
  return isControllable(registration) ? { failureDetail: registration.failureDetail } : {};
}
