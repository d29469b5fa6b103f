/** A fake client: it downloads nothing, and a test or story sets its records. */
import { FetchStore, type FetchListener, type SubscribeOptions } from '../client/fetch-store.js';
import type { BgFetchClient, StartOptions } from '../client/client.js';
import { isActive, type FetchRecord, type FetchStatus } from '../manager/record.js';
import type { BackgroundFetchRequests } from '../standard/background-fetch.js';
import { createRecord, outcomeOf, type RecordParts } from './records.js';

/** A command that the client received. */
export interface Command {
  readonly name: 'start' | 'pause' | 'resume' | 'abort' | 'retry' | 'moveInPage' | 'discard' | 'restore' | 'clear' | 'persist';
  readonly id: string;
}

/** Replaces the real client: `provider.client = new PuppetClient()`. */
export class PuppetClient implements Pick<BgFetchClient, keyof BgFetchClient> {
  readonly records = new FetchStore();
  readonly ready = Promise.resolve();
  /** All received commands in order. */
  readonly commands: Command[] = [];
  canDownload = true;
  /** Result of `estimate()`. */
  space = { usage: 0, quota: 0, persisted: false };
  /** Result of `sizeOf()` in bytes; 0 if unknown. */
  size = 0;
  /** Error that the next command rejects with. */
  refusal: Error | undefined;

  constructor(records: readonly FetchRecord[] = []) {
    for (const record of records) this.records.set(record);
  }

  /** Changes or creates a record; returns it frozen. */
  set(id: string, parts: RecordParts): FetchRecord {
    const before = this.records.get(id);
    const outcome = parts.status && outcomeOf(parts.status);
    const changedAt = Date.now();
    const record = before
      ? Object.freeze({ ...before, ...outcome, changedAt, ...parts, id })
      : createRecord({ changedAt, ...parts, id });
    this.records.set(record);
    return record;
  }

  async start(id: string, requests: BackgroundFetchRequests, options: StartOptions = {}): Promise<FetchRecord> {
    await this.#obey('start', id);
    const urls = [requests].flat().map((request) => new Request(request).url);
    const { title = '', icons = [], downloadTotal = 0 } = options;
    const record = createRecord({ id, urls, title, icons: [...icons], downloadTotal, status: 'starting', startedAt: Date.now() });
    this.records.set(record);
    return record;
  }

  pause(id: string): Promise<boolean> {
    return this.#turn('pause', id, 'paused');
  }

  resume(id: string): Promise<boolean> {
    return this.#turn('resume', id, 'downloading');
  }

  abort(id: string): Promise<boolean> {
    return this.#turn('abort', id, 'aborted');
  }

  async retry(id: string): Promise<FetchRecord> {
    await this.#obey('retry', id);
    return this.set(id, { status: 'starting', downloaded: 0, startedAt: Date.now() });
  }

  async moveInPage(id: string): Promise<FetchRecord> {
    await this.#obey('moveInPage', id);
    return this.set(id, { status: 'downloading', engine: 'in-page' });
  }

  async discard(id: string): Promise<void> {
    await this.#obey('discard', id);
    this.set(id, { discardedAt: Date.now() });
  }

  async restore(id: string): Promise<void> {
    await this.#obey('restore', id);
    this.set(id, { discardedAt: undefined });
  }

  async clear(): Promise<void> {
    await this.#obey('clear', '');
    for (const { id } of this.records.values()) this.records.delete(id);
  }

  list(): Promise<FetchRecord[]> {
    return Promise.resolve(this.records.values());
  }

  get(id: string): Promise<FetchRecord | undefined> {
    return Promise.resolve(this.records.get(id));
  }

  match(request: RequestInfo | URL): Promise<Response | undefined> {
    const { url } = new Request(request);
    const stored = this.records
      .values()
      .some(({ status, requests }) => status === 'done' && requests.some((each) => each.url === url));
    return Promise.resolve(stored ? new Response(url) : undefined);
  }

  sizeOf(): Promise<number> {
    return Promise.resolve(this.size);
  }

  subscribe(listener: FetchListener, options?: SubscribeOptions): void {
    this.records.subscribe(listener, options);
  }

  estimate(): Promise<{ usage: number; quota: number; persisted: boolean }> {
    return Promise.resolve(this.space);
  }

  async persist(): Promise<boolean> {
    await this.#obey('persist', '');
    this.space = { ...this.space, persisted: true };
    return true;
  }

  async #turn(name: Command['name'], id: string, status: FetchStatus): Promise<boolean> {
    await this.#obey(name, id);
    const record = this.records.get(id);
    if (!record || !isActive(record)) return false;
    this.set(id, { status });
    return true;
  }

  #obey(name: Command['name'], id: string): Promise<void> {
    this.commands.push({ name, id });
    const { refusal } = this;
    this.refusal = undefined;
    return refusal ? Promise.reject(refusal) : Promise.resolve();
  }
}
