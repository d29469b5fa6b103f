/** How an element listens to all downloads. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { ClientController, type PageClient } from './client-context.js';
import { updateNextFrame } from './frame.js';

/** True when the change matters to the host. */
export type ChangeListener = (record: FetchRecord | undefined, previous: FetchRecord | undefined) => boolean;

/** A subscription to every download of the origin, from connect to disconnect. */
export class FetchesController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: ClientController;
  readonly #heard: ChangeListener;
  readonly #known = new Map<string, FetchRecord>();
  #records: FetchRecord[] | undefined;
  #subscription: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, heard: ChangeListener = () => true) {
    this.#host = host;
    this.#heard = heard;
    this.#client = new ClientController(host, () => this.#subscribe());
    host.addController(this);
  }

  get client(): PageClient | undefined {
    return this.#client.client;
  }

  /** All records in the order of their start; the same array until something changes. */
  get records(): readonly FetchRecord[] {
    return (this.#records ??= this.client?.records.values() ?? []);
  }

  hostDisconnected(): void {
    if (isServer) return;
    this.#subscription?.abort();
    this.#records = undefined;
  }

  #subscribe(): void {
    this.#subscription?.abort();
    this.#known.clear();
    this.#records = undefined;
    this.#host.requestUpdate();
    if (!this.client) return;
    const { signal } = (this.#subscription = new AbortController());
    this.client.subscribe((id, record) => this.#take(id, record), { signal });
    for (const record of this.records) this.#known.set(record.id, record);
    // Reads what earlier visits left. Where nothing can be stored, a plain link is drawn.
    void this.client.ready.catch(() => this.#host.requestUpdate());
  }

  #take(id: string, record: FetchRecord | undefined): void {
    const previous = this.#known.get(id);
    if (record) this.#known.set(id, record);
    else this.#known.delete(id);
    this.#records = undefined;
    if (this.#heard(record, previous)) updateNextFrame(this.#host);
  }
}
