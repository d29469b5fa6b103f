/** All registrations of one scope in this page or worker: one instance per fetch, kept up to date. */
import type { BackgroundFetchRecord } from '../../../standard/background-fetch.js';
import { readProgress, toFacts } from '../state/fetch-progress.js';
import { changeFetch, isActive, listFetches, type JournalFetch } from '../state/journal.js';
import { matchAll } from './match.js';
import { InPageRegistration, type Query, type RegistrationOwner } from './registration.js';
import { FetchChannel, type Command } from '../state/channel.js';

/** Finds and creates registrations. Depends only on the journal, so that it works in the worker too. */
export class Registry implements RegistrationOwner {
  readonly scope: string;
  readonly channel: FetchChannel;
  readonly #instances = new Map<string, InPageRegistration>();

  constructor(scope: string) {
    this.scope = scope;
    this.channel = new FetchChannel(scope);
    this.channel.listen((message) => {
      if (message.kind !== 'facts') return;
      this.#instances.get(message.uid)?.update(message.facts);
      if (!message.facts.recordsAvailable) this.#instances.delete(message.uid);
    });
  }

  /** Resolves with the active fetches, or also with those whose event is not settled, in the order of their start. */
  async list(which: 'active' | 'unsettled' = 'active'): Promise<JournalFetch[]> {
    return (await listFetches(this.scope)).filter((fetch) => which === 'unsettled' || isActive(fetch));
  }

  /** Resolves with the ids of the active fetches. */
  async getIds(): Promise<string[]> {
    return (await this.list()).map(({ id }) => id);
  }

  /** Resolves with the newest fetch with this id. */
  async get(id: string, which?: 'active' | 'unsettled'): Promise<InPageRegistration | undefined> {
    const fetch = (await this.list(which)).findLast((each) => each.id === id);
    return fetch && this.instance(fetch);
  }

  /** Resolves with the single instance of this fetch in this page or worker. */
  async instance(fetch: JournalFetch): Promise<InPageRegistration> {
    const { uid, result } = fetch;
    const lines = this.#instances.has(uid) ? [] : await readProgress(uid);
    let instance = this.#instances.get(uid);
    if (!instance) {
      this.#instances.set(uid, (instance = new InPageRegistration(fetch, toFacts(fetch, lines), this)));
      if (result === '') this.channel.post({ kind: 'command', uid, command: 'report' });
    }
    return instance;
  }

  async runCommand(uid: string, command: Command, change: Partial<JournalFetch>): Promise<boolean> {
    let canRun = false;
    await changeFetch(uid, (fetch) => {
      canRun = isActive(fetch);
      return canRun ? { ...fetch, ...change } : undefined;
    });
    if (canRun) this.channel.post({ kind: 'command', uid, command });
    return canRun;
  }

  async matchAll(uid: string, ...query: Query): Promise<BackgroundFetchRecord[]> {
    return matchAll(uid, this.channel, ...query);
  }
}
