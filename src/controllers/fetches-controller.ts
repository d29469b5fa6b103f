/** Subscribes an element to all downloads. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { ClientController, type PageClient } from './client-context.js';
import { updateNextFrame } from './frame.js';

/** Callback of a change; its result is true if the host has to update. */
export type ChangeListener = (record: FetchRecord | undefined, previous: FetchRecord | undefined) => boolean;

/** Subscribes to all downloads of the origin while the host is connected. */
export class FetchesController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: ClientController;
  readonly #listener: ChangeListener;
  /** False until the client has read the stored records. */
  isReady = false;

  readonly #known = new Map<string, FetchRecord>();
  #records: FetchRecord[] | undefined;
  #subscription: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, listener: ChangeListener = () => true) {
    this.#host = host;
    this.#listener = listener;
    this.#client = new ClientController(host, () => this.#subscribe());
    host.addController(this);
  }

  get client(): PageClient | undefined {
    return this.#client.client;
  }

  /** All records in the order of their start; the same array until a record changes. */
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
    this.isReady = false;
    this.#host.requestUpdate();
    if (!this.client) return;
    const { signal } = (this.#subscription = new AbortController());
    this.client.subscribe((id, record) => this.#handleChange(id, record), { signal });
    for (const record of this.records) this.#known.set(record.id, record);
    // Reads the stored records; without storage there are none.
    const read = () => {
      if (signal.aborted) return;
      this.isReady = true;
      this.#host.requestUpdate();
    };
    this.client.ready.then(read, read);
  }

  #handleChange(id: string, record: FetchRecord | undefined): void {
    const previous = this.#known.get(id);
    if (record) this.#known.set(id, record);
    else this.#known.delete(id);
    this.#records = undefined;
    if (this.#listener(record, previous)) updateNextFrame(this.#host);
  }
}
