/** Every registration of one scope that this page or worker has been given: one instance a fetch, kept up to date. */
import type { BackgroundFetchRecord } from '../../standard/background-fetch.js';
import { linesAtRest, toFacts } from './facts.js';
import { changeFetch, listFetches, type JournalFetch } from './journal.js';
import { InPageRegistration, type Query, type RegistrationDesk } from './registration.js';
import { Wire, type Command } from './wire.js';

/** Finds the records of a fetch. A page that never asks for them need not load what makes them; a worker cannot load it later. */
export type MatchAll = (uid: string, wire: Wire, ...query: Query) => Promise<BackgroundFetchRecord[]>;

/** Finds and makes registrations; needs only the journal, so that it works in the worker too. */
export class Registry implements RegistrationDesk {
  readonly scope: string;
  readonly wire: Wire;
  readonly #matchAll: MatchAll;
  readonly #instances = new Map<string, InPageRegistration>();

  constructor(scope: string, matchAll: MatchAll) {
    this.scope = scope;
    this.#matchAll = matchAll;
    this.wire = new Wire(scope);
    this.wire.listen((message) => {
      if (message.kind !== 'facts') return;
      this.#instances.get(message.uid)?.update(message.facts);
      if (!message.facts.recordsAvailable) this.#instances.delete(message.uid);
    });
  }

  /** The fetches that are active, or those too whose event nobody has settled yet, in the order of their start. */
  async list(isActive = true): Promise<JournalFetch[]> {
    return (await listFetches(this.scope)).filter(({ active }) => !isActive || active !== undefined);
  }

  /** The ids of the active ones. */
  async getIds(): Promise<string[]> {
    return (await this.list()).map(({ id }) => id);
  }

  /** The newest of them with this id. */
  async get(id: string, isActive?: boolean): Promise<InPageRegistration | undefined> {
    const fetch = (await this.list(isActive)).findLast((each) => each.id === id);
    return fetch && this.instance(fetch);
  }

  /** The one instance for this fetch in this page or worker. */
  async instance(fetch: JournalFetch): Promise<InPageRegistration> {
    const { uid, result } = fetch;
    const lines = this.#instances.has(uid) ? [] : await linesAtRest(uid);
    let instance = this.#instances.get(uid);
    if (!instance) {
      this.#instances.set(uid, (instance = new InPageRegistration(fetch, toFacts(fetch, lines), this)));
      if (result === '') this.wire.post({ kind: 'command', uid, command: 'report' });
    }
    return instance;
  }

  async order(uid: string, command: Command, change: Partial<JournalFetch>): Promise<boolean> {
    let isActive = false;
    await changeFetch(uid, (fetch) => {
      isActive = fetch.active !== undefined;
      return isActive ? { ...fetch, ...change } : undefined;
    });
    if (isActive) this.wire.post({ kind: 'command', uid, command });
    return isActive;
  }

  async matchAll(uid: string, ...query: Query): Promise<BackgroundFetchRecord[]> {
    return this.#matchAll(uid, this.wire, ...query);
  }
}
