/** Every registration of one scope that this page or worker has been given: one instance a fetch, kept up to date. */
import { sizeAtRest } from '../../bytes/bodies.js';
import type { BackgroundFetchRecord } from '../../standard/background-fetch.js';
import type { FileProgress } from '../../standard/extras.js';
import { changeFetch, findActive, listActive, readRecords, type JournalFetch, type JournalRecord } from './journal.js';
import { matches } from './match.js';
import { InPageRecord } from './record.js';
import { InPageRegistration, type RegistrationDesk } from './registration.js';
import { Wire, type RegistrationFacts } from './wire.js';

/** How long to wait for news of a fetch before the journal is asked, in milliseconds. */
const PATIENCE = 1000;

/** Finds and makes registrations; needs only the journal, so that it works in the worker too. */
export class Registry implements RegistrationDesk {
  readonly scope: string;
  readonly wire: Wire;
  readonly #instances = new Map<string, InPageRegistration>();

  constructor(scope: string) {
    this.scope = scope;
    this.wire = new Wire(scope);
    this.wire.listen((message) => {
      if (message.kind !== 'facts') return;
      this.#instances.get(message.uid)?.update(message.facts);
      if (!message.facts.recordsAvailable) this.#instances.delete(message.uid);
    });
  }

  async get(id: string): Promise<InPageRegistration | undefined> {
    const fetch = await findActive(this.scope, id);
    return fetch && this.instance(fetch);
  }

  async getIds(): Promise<string[]> {
    return (await listActive(this.scope)).map(({ id }) => id);
  }

  /** The one instance for this fetch in this page or worker. */
  async instance(fetch: JournalFetch): Promise<InPageRegistration> {
    const facts = this.#instances.has(fetch.uid) ? undefined : await readFacts(fetch);
    let instance = this.#instances.get(fetch.uid);
    if (!instance && facts) {
      instance = new InPageRegistration(fetch, facts, this);
      this.#instances.set(fetch.uid, instance);
      if (fetch.result === '') this.wire.post({ kind: 'command', uid: fetch.uid, command: 'report' });
    }
    if (!instance) throw new DOMException(`The background fetch "${fetch.id}" is gone.`, 'InvalidStateError');
    return instance;
  }

  async abort(uid: string): Promise<boolean> {
    let aborted = false;
    await changeFetch(uid, (fetch) => {
      aborted = fetch.active !== undefined;
      return aborted ? withoutActive(fetch) : undefined;
    });
    if (aborted) this.wire.post({ kind: 'command', uid, command: 'abort' });
    return aborted;
  }

  pause(uid: string): Promise<boolean> {
    return this.#hold(uid, true);
  }

  resume(uid: string): Promise<boolean> {
    return this.#hold(uid, false);
  }

  async matchAll(uid: string, request?: RequestInfo | URL, options?: CacheQueryOptions): Promise<BackgroundFetchRecord[]> {
    const query = request === undefined ? undefined : new Request(request);
    const records = await readRecords(uid);
    const found = query ? records.filter((record) => matches(query, record, options)) : records;
    return found.map((record) => new InPageRecord(record, () => this.changed(uid)));
  }

  /** Resolves with the next news of a fetch, or after a moment without any. */
  changed(uid: string): Promise<void> {
    const done = new AbortController();
    return new Promise<void>((resolve) => {
      this.wire.listen((message) => {
        if (message.uid === uid) resolve();
      }, done.signal);
      setTimeout(resolve, PATIENCE);
    }).finally(() => done.abort());
  }

  async #hold(uid: string, paused: boolean): Promise<boolean> {
    const fetch = await changeFetch(uid, (now) => (now.active === undefined ? undefined : { ...now, paused }));
    if (fetch?.active === undefined) return false;
    this.wire.post({ kind: 'command', uid, command: paused ? 'pause' : 'resume' });
    return true;
  }
}

/** The fetch with its id given free. */
export function withoutActive(fetch: JournalFetch): JournalFetch {
  const { active, ...rest } = fetch;
  return active === undefined ? fetch : rest;
}

/** Reads the facts of a fetch from what is at rest. */
export async function readFacts(fetch: JournalFetch): Promise<RegistrationFacts> {
  const records = await readRecords(fetch.uid);
  const files = await Promise.all(records.map(fileAtRest));
  const state = fetch.active === undefined ? 'settled' : fetch.paused ? 'paused' : 'queued';
  return {
    downloaded: files.reduce((sum, file) => sum + file.downloaded, 0),
    downloadTotal: fetch.downloadTotal,
    uploaded: records.reduce((sum, record) => sum + record.uploaded, 0),
    uploadTotal: fetch.uploadTotal,
    result: fetch.result,
    failureReason: fetch.failureReason,
    recordsAvailable: true,
    extras: {
      state,
      waitingFor: state === 'queued' ? 'turn' : undefined,
      waitingUntil: undefined,
      files,
      failureDetail: fetch.failureDetail,
    },
  };
}

async function fileAtRest({ request, body, head, length, result }: JournalRecord): Promise<FileProgress> {
  const downloaded = !body ? 0 : result === '' ? await sizeAtRest(body.key) : body.size;
  return {
    url: request.url,
    downloaded,
    downloadTotal: length,
    state: result === '' ? 'waiting' : result === 'success' ? 'done' : 'failed',
    status: head?.status ?? 0,
  };
}
