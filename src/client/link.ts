/** Synchronizes the page's records with the manager. The connection and the commands are loaded on demand or when the page is idle. */
import type { EngineChoice } from '../engine/choose.js';
import { onChange } from '../manager/changes.js';
import { checkWritable, readRecords } from '../manager/database.js';
import { isActive, wasGivenUp, type FetchRecord } from '../manager/record.js';
import { withoutSecrets } from '../manager/secrets.js';
import type { Commands } from './commands.js';
import type { ConnectOptions } from './connect.js';
import type { FetchStore } from './fetch-store.js';
import { OnDemand } from './on-demand.js';
import { warn } from './warn.js';

/** Delay before a failed load is repeated, in milliseconds. */
const RETRY_DELAY = 10_000;

/** The module of connection, commands and stored responses. */
export const acting = new OnDemand(() => import('./acting.js'), 'the commands');

/** Page-side connection to the manager. */
export class Link {
  readonly #records: FetchStore;
  readonly #commands: OnDemand<Commands>;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(records: FetchStore, options: ConnectOptions, choice: EngineChoice | undefined) {
    this.#records = records;
    this.#commands = new OnDemand(() => this.#connect(options, choice));
  }

  /**
   * Reads the stored records and subscribes to changes for the life of the page; the manager checks the records a moment later. Rejects
   * without storage.
   */
  async open(): Promise<void> {
    onChange((change) => {
      if ('record' in change) this.#receive(change.record);
      else this.#delete(change.gone);
    });
    // Repairs missed broadcasts.
    const refreshIfVisible = () => {
      if (document.visibilityState === 'visible') void this.#refresh().catch(warn);
    };
    addEventListener('pageshow', ({ persisted }) => persisted && refreshIfVisible());
    document.addEventListener('visibilitychange', refreshIfVisible);
    try {
      this.#receiveAll((await readRecords()).map(withoutSecrets));
      await checkWritable();
    } catch {
      // This page cannot write the database of a newer version, but the manager may.
      await this.commands();
    }
    // A click needs them at once: user activation lasts seconds, and the network may be down by then.
    this.#commands.prepare();
  }

  /** Resolves with the commands, which are loaded and connected once. */
  commands(): Promise<Commands> {
    return this.#commands.load();
  }

  async #refresh(): Promise<void> {
    await (await this.commands()).refreshIfActive();
  }

  async #connect(options: ConnectOptions, choice: EngineChoice | undefined): Promise<Commands> {
    const { connect, Commands } = await acting.load();
    const connection = await connect(options);
    const commands = new Commands(this.#records, connection, choice, (records) => this.#receiveAll(records));
    this.#receiveAll(connection.records);
    for (const record of this.#records.values()) commands.follower.receive(record);
    return commands;
  }

  #receiveAll(records: readonly FetchRecord[]): void {
    const there = new Set(records.map(({ id }) => id));
    for (const record of records) this.#receive(record);
    for (const { id, status } of this.#records.values()) if (!there.has(id) && status !== 'starting') this.#delete(id);
  }

  #receive(record: FetchRecord): void {
    const { module } = this.#commands;
    if (module) {
      module.follower.receive(record);
      return;
    }
    this.#records.set(record);
    if (isActive(record) || wasGivenUp(record)) this.#loadUntilReady();
  }

  /** Loads the commands, repeatedly if the network or the storage fails. */
  #loadUntilReady(): void {
    this.commands().catch((error: unknown) => {
      warn(error);
      clearTimeout(this.#again);
      this.#again = setTimeout(() => this.#loadUntilReady(), RETRY_DELAY);
    });
  }

  #delete(id: string): void {
    this.#commands.module?.follower.unfollow(id);
    this.#records.delete(id);
  }
}
