/** Stores downloads and their records. Runs in the service worker, or in the page without one. */
import type { BackgroundFetchRegistration } from '../standard/background-fetch.js';
import { isControllable } from '../standard/extras.js';
import { accepted } from './adopt.js';
import type { ManagerApi } from './api.js';
import { checkFact, checkId, checkPlan, isCount } from './check.js';
import { clearAll } from './clear.js';
import { readRecord, readRecords } from './database.js';
import { withLock, change, write, writeAttempt } from './ledger.js';
import type { Policy } from './policy.js';
import { deleteDownload, deleteDamaged, deleteDiscarded, reconcile, type ActiveFetches } from './reconcile.js';
import { isActive, isElsewhere, isHeld, UNDO_TIME, type FetchPlan, type FetchRecord } from './record.js';
import { findExpired } from './retention.js';
import { inUse, takeOver } from './scopes.js';
import { withoutSecrets } from './secrets.js';
import { settle, verified } from './settle.js';
import * as to from './transitions.js';
import { verifyStored } from './verify.js';

export class Manager implements ManagerApi {
  readonly #engines: () => readonly ActiveFetches[];
  readonly #policy: Policy;
  readonly #scope: string;
  readonly #unfinished = new Set<Promise<void>>();
  /** Ids of cleared downloads whose end event may still arrive. */
  readonly #cleared = new Set<string>();

  /** `engines` returns the engines of `scope`; the scope of a page without a worker is its origin. */
  constructor(engines: () => readonly ActiveFetches[], policy: Policy = {}, scope = location.origin) {
    this.#engines = engines;
    this.#policy = policy;
    this.#scope = scope;
  }

  async register(plan: FetchPlan): Promise<FetchRecord> {
    checkPlan(plan);
    const record = await withLock(plan.id, async () => {
      const before = await readRecord(plan.id);
      if (before && isActive(before) && isElsewhere(before, this.#scope)) throw inUse(before);
      // A repeated call may arrive after the end; writing announces the record again.
      if (before && before.startedAt === plan.startedAt && before.engine === plan.engine) return write(before);
      const fetches = await this.#fetches(plan.id);
      if (before && isActive(before) && fetches.length > 0) return isHeld(before) ? write(to.released(before, plan)) : before;
      const planned = to.planned(await accepted(plan, this.#policy), Date.now(), before);
      // The engine continues an active fetch instead of starting another.
      const { startedAt } = fetches.filter(isControllable).find(({ result }) => result === '') ?? planned;
      return writeAttempt({ ...planned, startedAt, scope: this.#scope });
    });
    return withoutSecrets(record);
  }

  async refuse(id: string, failure: to.Failure): Promise<void> {
    checkFact(id, REASONS.has(failure?.reason) && typeof (failure.detail ?? '') === 'string', 'that is no failure');
    await change(id, (record) => {
      // Writing announces the record of the other app again to the page that called.
      if (isElsewhere(record, this.#scope)) return { ...record };
      return isActive(record) ? to.failed(record, record.files, failure, Date.now()) : record;
    });
  }

  async hold(id: string, startedAt: number, forVisitor = false): Promise<void> {
    checkFact(id, isCount(startedAt), 'that is no time');
    const held = (record: FetchRecord) =>
      forVisitor ? to.pausedForClick(record, Date.now()) : to.putOnHold(record, 'waiting', 'wifi');
    await change(id, (record) => (record.startedAt === startedAt ? held(record) : record));
  }

  async note(id: string, startedAt: number, downloaded: number, downloadTotal: number): Promise<void> {
    checkFact(id, [startedAt, downloaded, downloadTotal].every(isCount), 'these are no time and bytes');
    await change(id, (record) => (record.startedAt === startedAt ? to.noted(record, downloaded, downloadTotal) : record));
  }

  async verified(id: string, startedAt: number, mismatched: readonly number[]): Promise<void> {
    const canBe = isCount(startedAt) && Array.isArray(mismatched) && mismatched.every(isCount);
    checkFact(id, canBe, 'these are no time and places of files');
    const bad = new Set(mismatched);
    await withLock(id, async () => {
      const record = await readRecord(id);
      if (!record?.verifying || record.startedAt !== startedAt) return;
      await this.#afterEnd(await verified(record, bad, this.#policy));
    });
  }

  async abandon(id: string): Promise<void> {
    await changeExisting(id, (record) => (isActive(record) ? to.aborted(record, Date.now()) : record));
  }

  async list(registered?: readonly string[]): Promise<FetchRecord[]> {
    if (Array.isArray(registered)) await takeOver(this.#scope, registered, this.#engines());
    await reconcile(this.#engines(), this.#policy, this.#scope, {
      ended: (record) => this.#afterEnd(record),
      track: (task) => this.#track(task),
    });
    const now = Date.now();
    await this.#changeAll((record) => to.forgotten(record, now));
    await this.#applyRetention();
    const records = await readRecords();
    // The page or worker that would delete them may be gone.
    for (const { id, discardedAt } of records) if (discardedAt !== undefined) this.#track(this.#deleteLater(id));
    return records.map(withoutSecrets);
  }

  async discard(id: string): Promise<void> {
    checkId(id, 'change');
    if (await change(id, (record) => to.discarded(record, Date.now()))) this.#track(this.#deleteLater(id));
    else if (!(await deleteDamaged(id))) notFound(id);
  }

  async restore(id: string): Promise<void> {
    let ended: FetchRecord | undefined;
    await changeExisting(id, (record) => {
      if (to.isGone(record, Date.now())) return notFound(id);
      const { discardedAt = Infinity, changedAt } = record;
      const restored = to.restored(record);
      if (!isActive(restored) && changedAt > discardedAt) ended = restored;
      return restored;
    });
    // The site is not told of an end after the cancellation.
    if (ended) await this.#afterEnd(ended);
  }

  async clear(): Promise<void> {
    for (const id of await clearAll(this.#engines())) this.#cleared.add(id);
  }

  /** Settles a fetch after the end event of either engine. */
  async settle(registration: BackgroundFetchRegistration): Promise<void> {
    // It may have ended just before it was cleared.
    if (this.#cleared.delete(registration.id) && !(await readRecord(registration.id))) return;
    const record = await settle(registration, this.#policy, this.#scope);
    if (record) await this.#afterEnd(record);
    await this.#applyRetention();
    await this.rest();
  }

  /** Resolves when no work is left: removed downloads are deleted or restored, and files are verified. */
  async rest(): Promise<void> {
    await Promise.all(this.#unfinished);
  }

  /** Deletes a removed download and aborts a cancelled one when it can no longer be restored; a repeated removal starts the time again. */
  async #deleteLater(id: string): Promise<void> {
    for (let record = await readRecord(id); record?.discardedAt !== undefined; record = await readRecord(id)) {
      if (to.isGone(record, Date.now())) return deleteDiscarded(id, this.#engines(), this.#scope);
      const left = record.discardedAt + UNDO_TIME - Date.now();
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }

  #track(task: Promise<void>): void {
    const unfinished = task.catch(reportError).finally(() => this.#unfinished.delete(unfinished));
    this.#unfinished.add(unfinished);
  }

  async #afterEnd(record: FetchRecord): Promise<void> {
    const { isIntact } = this.#policy;
    if (record.verifying && isIntact) {
      const { id, startedAt } = record;
      this.#track(verifyStored(record, isIntact, (mismatched) => this.verified(id, startedAt, mismatched)));
    } else if (record.discardedAt !== undefined) return;
    else if (record.status === 'done') await this.#policy.done?.(withoutSecrets(record));
    else if (record.status === 'failed') await this.#policy.failed?.(withoutSecrets(record));
  }

  async #changeAll(next: (record: FetchRecord) => FetchRecord): Promise<void> {
    const changing = (await readRecords()).filter((record) => next(record) !== record);
    await Promise.all(changing.map(({ id }) => change(id, next)));
  }

  async #applyRetention(): Promise<void> {
    const { retention } = this.#policy;
    if (!retention) return;
    const { maxAge = Infinity } = retention;
    const now = Date.now();
    const isOwn = (record: FetchRecord) => !isElsewhere(record, this.#scope);
    await this.#changeAll((record) => (isOwn(record) ? to.aged(record, maxAge, now) : record));
    const beyond = async () => findExpired((await readRecords()).filter(isOwn), retention, now);
    for (const id of await beyond()) {
      // The download may have been started again meanwhile.
      await withLock(id, async () => {
        if ((await beyond()).includes(id)) await deleteDownload(id);
      });
    }
  }

  async #fetches(id: string): Promise<BackgroundFetchRegistration[]> {
    const found = await Promise.all(this.#engines().map((engine) => engine.get(id)));
    return found.filter((fetch) => fetch !== undefined);
  }
}

const REASONS = new Set<to.Failure['reason']>([
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
]);

/** Changes a record; rejects if there is none. */
async function changeExisting(id: string, next: (record: FetchRecord) => FetchRecord): Promise<void> {
  checkId(id, 'change');
  if (!(await change(id, next))) notFound(id);
}

function notFound(id: string): never {
  throw new DOMException(`There is no background fetch "${id}". Start it first.`, 'NotFoundError');
}
