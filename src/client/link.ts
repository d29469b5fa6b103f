/** Keeps the page's records in step with the manager. What connects to it, and obeys commands, is loaded when there is need, else in idle time. */
import type { EngineChoice } from '../engine/choose.js';
import { hear } from '../manager/changes.js';
import { readRecords } from '../manager/database.js';
import { isActive, wasGivenUp, type FetchRecord } from '../manager/record.js';
import type { Commands } from './commands.js';
import type { ConnectOptions } from './connect.js';
import type { FetchStore } from './fetch-store.js';
import { OnDemand } from './on-demand.js';

/** When what could not be loaded is asked for again, in milliseconds. */
const AGAIN = 10_000;

/** The page's end of the road from the manager. */
export class Link {
  readonly #records: FetchStore;
  readonly #commands: OnDemand<Commands>;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(records: FetchStore, options: ConnectOptions, choice: EngineChoice | undefined) {
    this.#records = records;
    this.#commands = new OnDemand(() => this.#connect(options, choice));
  }

  /**
   * Shows what earlier visits wrote down, and keeps it in step from then on, for the life of the page; the manager sets it right a moment
   * later. Rejects where nothing can be stored.
   */
  async open(): Promise<void> {
    hear((change) => {
      if ('record' in change) this.#take(change.record);
      else this.#lose(change.gone);
    });
    // What a broadcast missed is healed.
    const heal = () => {
      if (document.visibilityState === 'visible') void this.#refresh().catch(reportError);
    };
    addEventListener('pageshow', ({ persisted }) => persisted && heal());
    document.addEventListener('visibilitychange', heal);
    try {
      this.#takeAll(await readRecords());
    } catch {
      // A newer version's database is closed to this one: its manager still answers.
      await this.commands();
    }
    // A click must find them there: it counts for some seconds only, and the network may be gone by then.
    this.#commands.prepare();
  }

  /** What obeys commands, loaded and connected once. */
  commands(): Promise<Commands> {
    return this.#commands.load();
  }

  async #refresh(): Promise<void> {
    await (await this.commands()).refresh();
  }

  async #connect(options: ConnectOptions, choice: EngineChoice | undefined): Promise<Commands> {
    const [{ connect }, { Commands }] = await Promise.all([import('./connect.js'), import('./commands.js')]);
    const connection = await connect(options);
    const commands = new Commands(this.#records, connection, choice, (records) => this.#takeAll(records));
    this.#takeAll(connection.records);
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
    if (isActive(record) || wasGivenUp(record)) this.#insist();
  }

  /** What is loaded comes from a server, and what it opens is on a disk: either may be there later. */
  #insist(): void {
    this.commands().catch((error: unknown) => {
      reportError(error);
      clearTimeout(this.#again);
      this.#again = setTimeout(() => this.#insist(), AGAIN);
    });
  }

  #lose(id: string): void {
    this.#commands.module?.follower.leave(id);
    this.#records.delete(id);
  }
}
