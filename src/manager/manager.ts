/** Remembers every download, stores what the engines bring and says so. It lives in the service worker, or in the page where there is none. */
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import type { ManagerApi } from './api.js';
import { checkId, checkPlan } from './check.js';
import { alone, change, write } from './ledger.js';
import { purge, reconcile, type ActiveFetches } from './reconcile.js';
import { isActive, UNDO_TIME, type FetchPlan, type FetchRecord } from './record.js';
import { readRecord, readRecords } from './record-store.js';
import { settle } from './settle.js';
import * as to from './transitions.js';

export class Manager implements ManagerApi {
  readonly #engines: readonly ActiveFetches[];
  readonly #leaving = new Set<Promise<void>>();

  constructor(engines: readonly ActiveFetches[]) {
    this.#engines = engines;
  }

  async expect(plan: FetchPlan): Promise<FetchRecord> {
    checkPlan(plan);
    return alone(plan.id, async () => {
      const before = await readRecord(plan.id);
      if (before && isActive(before) && (await this.#isMoved(plan.id))) return before;
      const record = to.planned(plan, Date.now(), before);
      await write(record);
      return record;
    });
  }

  async refuse(id: string, failure: to.Failure): Promise<void> {
    await change(checked(id), (record) => (isActive(record) ? to.failed(record, record.files, failure, Date.now()) : record));
  }

  async note(id: string, startedAt: number, downloaded: number, downloadTotal: number): Promise<void> {
    await change(checked(id), (record) =>
      record.startedAt === startedAt ? to.noted(record, downloaded, downloadTotal) : record,
    );
  }

  async abandon(id: string): Promise<void> {
    await change(checked(id), (record) => (isActive(record) ? to.aborted(record, Date.now()) : record));
  }

  async list(): Promise<FetchRecord[]> {
    await reconcile(this.#engines);
    return readRecords();
  }

  async discard(id: string): Promise<void> {
    await change(checked(id), (record) => (isActive(record) ? record : to.discarded(record, Date.now())));
    this.#leaving.add(new Promise((resolve) => setTimeout(resolve, UNDO_TIME)).then(() => purge(id)));
  }

  async restore(id: string): Promise<void> {
    await change(checked(id), (record) => (to.isGone(record, Date.now()) ? record : to.restored(record)));
  }

  /** Takes the end of a fetch, from either engine's event. */
  async settle(registration: BackgroundFetchRegistration): Promise<void> {
    await settle(registration);
  }

  /** Resolves when nothing that a command began is left to do: what was discarded is gone, or was restored. */
  async rest(): Promise<void> {
    const leaving = [...this.#leaving];
    await Promise.all(leaving);
    for (const left of leaving) this.#leaving.delete(left);
  }

  async #isMoved(id: string): Promise<boolean> {
    const found = await Promise.all(this.#engines.map((engine) => engine.get(id)));
    return found.some((registration) => registration !== undefined);
  }
}

function checked(id: unknown): string {
  checkId(id, 'change');
  return id;
}
