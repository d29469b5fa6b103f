/** Keeps the page's records in step with the manager. What follows a download that moves, and obeys commands, is loaded when there is need. */
import type { EngineChoice } from '../engine/choose.js';
import { hear } from '../manager/changes.js';
import { isActive, wasGivenUp, type FetchRecord } from '../manager/record.js';
import type { Commands } from './commands.js';
import { connect, type ConnectOptions, type Connection } from './connect.js';
import type { FetchStore } from './fetch-store.js';
import { OnDemand } from './on-demand.js';

/** Connects, and keeps `records` in step from then on, for the life of the page. */
export async function openLink(
  options: ConnectOptions & { engine?: EngineChoice | undefined },
  records: FetchStore,
): Promise<Link> {
  return new Link(records, await connect(options), options.engine);
}

/** The page's end of the road from the manager. */
export class Link {
  readonly #records: FetchStore;
  readonly #connection: Connection;
  readonly #engine: EngineChoice | undefined;
  readonly #commands = new OnDemand(() => this.#load());

  constructor(records: FetchStore, connection: Connection, engine: EngineChoice | undefined) {
    this.#records = records;
    this.#connection = connection;
    this.#engine = engine;
    hear((change) => {
      if ('record' in change) this.#take(change.record);
      else this.#lose(change.gone);
    });
    const heal = () => {
      if (document.visibilityState === 'visible') this.refresh().catch(reportError);
    };
    addEventListener('pageshow', ({ persisted }) => persisted && heal());
    document.addEventListener('visibilitychange', heal);
    this.#takeAll(connection.records);
    // A click must find them there: it counts for some seconds only, and the network may be gone by then.
    this.#commands.prepare();
  }

  /** Reads all records anew: what a broadcast missed is healed. */
  async refresh(): Promise<void> {
    this.#takeAll(await this.#connection.manager.list());
  }

  /** What obeys commands, loaded once. */
  commands(): Promise<Commands> {
    return this.#commands.load();
  }

  async #load(): Promise<Commands> {
    const { Commands } = await import('./commands.js');
    const commands = new Commands(this.#records, this.#connection, this.#engine, () => this.refresh());
    for (const record of this.#records.values()) commands.follower.take(record);
    return commands;
  }

  #takeAll(records: readonly FetchRecord[]): void {
    const there = new Set(records.map(({ id }) => id));
    for (const record of records) this.#take(record);
    for (const { id, status } of this.#records.values()) if (!there.has(id) && status !== 'starting') this.#lose(id);
  }

  #take(record: FetchRecord): void {
    const { module } = this.#commands;
    if (module) {
      module.follower.take(record);
      return;
    }
    this.#records.set(record);
    if (isActive(record) || wasGivenUp(record)) this.commands().catch(reportError);
  }

  #lose(id: string): void {
    this.#commands.module?.follower.leave(id);
    this.#records.delete(id);
  }
}
