/** Remembers every download, stores what the engines bring and says so. It lives in the service worker, or in the page where there is none. */
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import type { ManagerApi } from './api.js';
import { checkFact, checkId, checkPlan, isCount } from './check.js';
import { readRecord, readRecords } from './database.js';
import { alone, change, write } from './ledger.js';
import type { Policy } from './policy.js';
import { drop, purge, reconcile, type ActiveFetches } from './reconcile.js';
import { isActive, isHeld, UNDO_TIME, type FetchPlan, type FetchRecord } from './record.js';
import { verify } from './response-store.js';
import { toLetGo } from './retention.js';
import { settle } from './settle.js';
import * as to from './transitions.js';
import { verifyStored } from './verify.js';

export class Manager implements ManagerApi {
  readonly #engines: () => readonly ActiveFetches[];
  readonly #policy: Policy;
  readonly #unfinished = new Set<Promise<void>>();

  /** `engines` is asked where a fetch has to be looked for. */
  constructor(engines: () => readonly ActiveFetches[], policy: Policy = {}) {
    this.#engines = engines;
    this.#policy = policy;
  }

  async expect(plan: FetchPlan): Promise<FetchRecord> {
    checkPlan(plan);
    return alone(plan.id, async () => {
      const before = await readRecord(plan.id);
      // A call that is made once more may come after the end; who did not hear of the first is told again.
      if (before && before.startedAt === plan.startedAt && before.engine === plan.engine) return write(before);
      if (before && isActive(before) && (await this.#isMoved(plan.id)))
        return isHeld(before) ? write(to.released(before, plan)) : before;
      const accepted = (await this.#policy.accept?.(plan)) ?? plan;
      return write(to.planned({ ...accepted, id: plan.id, startedAt: plan.startedAt }, Date.now(), before));
    });
  }

  async refuse(id: string, failure: to.Failure): Promise<void> {
    checkFact(id, REASONS.has(failure?.reason) && typeof (failure.detail ?? '') === 'string', 'that is no failure');
    await change(id, (record) => (isActive(record) ? to.failed(record, record.files, failure, Date.now()) : record));
  }

  async hold(id: string, startedAt: number): Promise<void> {
    checkFact(id, isCount(startedAt), 'that is no time');
    await change(id, (record) => (record.startedAt === startedAt ? to.held(record, 'waiting', 'wifi') : record));
  }

  async note(id: string, startedAt: number, downloaded: number, downloadTotal: number): Promise<void> {
    checkFact(id, [startedAt, downloaded, downloadTotal].every(isCount), 'these are no time and bytes');
    await change(id, (record) => (record.startedAt === startedAt ? to.noted(record, downloaded, downloadTotal) : record));
  }

  async verified(id: string, startedAt: number, mismatched: readonly number[]): Promise<void> {
    const canBe = isCount(startedAt) && Array.isArray(mismatched) && mismatched.every(isCount);
    checkFact(id, canBe, 'these are no time and places of files');
    const bad = new Set(mismatched);
    await alone(id, async () => {
      const record = await readRecord(id);
      if (!record?.verifying || record.startedAt !== startedAt) return;
      await verify(id, bad);
      await this.#tell(await write(to.verified(record, bad, Date.now())));
    });
  }

  async abandon(id: string): Promise<void> {
    await must(id, (record) => (isActive(record) ? to.aborted(record, Date.now()) : record));
  }

  async list(): Promise<FetchRecord[]> {
    await reconcile(this.#engines(), (record) => this.#tell(record));
    await this.#letGo();
    return readRecords();
  }

  async discard(id: string): Promise<void> {
    await must(id, (record) => (isActive(record) ? record : to.discarded(record, Date.now())));
    this.#finish(new Promise((resolve) => setTimeout(resolve, UNDO_TIME)).then(() => purge(id, this.#engines())));
  }

  async restore(id: string): Promise<void> {
    await must(id, (record) => (to.isGone(record, Date.now()) ? notFound(id) : to.restored(record)));
  }

  /** Takes the end of a fetch, from either engine's event. */
  async settle(registration: BackgroundFetchRegistration): Promise<void> {
    const record = await settle(registration, this.#policy);
    if (record) await this.#tell(record);
    await this.#letGo();
    await this.rest();
  }

  /** Resolves when nothing is left to do: what was discarded is gone or restored, and files are held against their hashes. */
  async rest(): Promise<void> {
    await Promise.all(this.#unfinished);
  }

  #finish(task: Promise<void>): void {
    const unfinished = task.catch(reportError).finally(() => this.#unfinished.delete(unfinished));
    this.#unfinished.add(unfinished);
  }

  async #tell(record: FetchRecord): Promise<void> {
    const { isIntact } = this.#policy;
    if (record.verifying && isIntact) {
      const { id, startedAt } = record;
      this.#finish(verifyStored(id, isIntact, (mismatched) => this.verified(id, startedAt, mismatched)));
    } else if (record.status === 'done') await this.#policy.done?.(record);
    else if (record.status === 'failed') await this.#policy.failed?.(record);
  }

  async #letGo(): Promise<void> {
    const { retention } = this.#policy;
    if (retention) await Promise.all(toLetGo(await readRecords(), retention, Date.now()).map((id) => alone(id, () => drop(id))));
  }

  async #isMoved(id: string): Promise<boolean> {
    return (await Promise.all(this.#engines().map((engine) => engine.get(id)))).some(Boolean);
  }
}

const REASONS = new Set<to.Failure['reason']>([
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
]);

/** Changes a record that has to be there. */
async function must(id: string, next: (record: FetchRecord) => FetchRecord): Promise<void> {
  checkId(id, 'change');
  if (!(await change(id, next))) notFound(id);
}

function notFound(id: string): never {
  throw new DOMException(`There is no background fetch "${id}". Start it first.`, 'NotFoundError');
}
