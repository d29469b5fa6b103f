/** Subscribes an element to one download. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { ClientController, type PageClient } from './client-context.js';
import { updateNextFrame } from './frame.js';

/** Called with each new record of the download; `previous` is undefined for the first. */
export type RecordListener = (record: FetchRecord | undefined, previous: FetchRecord | undefined) => void;

/** Subscribes to one id while the host is connected; follows changes of the id. */
export class FetchController implements ReactiveController {
  record: FetchRecord | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #client: ClientController;
  readonly #idOf: () => string | undefined;
  readonly #listener: RecordListener;
  #id: string | undefined;
  #subscription: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, idOf: () => string | undefined, listener: RecordListener) {
    this.#host = host;
    this.#idOf = idOf;
    this.#listener = listener;
    this.#client = new ClientController(host, () => this.#subscribe());
    host.addController(this);
  }

  get client(): PageClient | undefined {
    return this.#client.client;
  }

  /** Subscribes to another id of the host before it renders. */
  bind(): void {
    if (this.#idOf() !== this.#id) this.#subscribe();
  }

  hostDisconnected(): void {
    this.#subscription?.abort();
    this.#id = undefined;
  }

  #subscribe(): void {
    this.#subscription?.abort();
    this.#id = this.#idOf();
    this.record = undefined;
    const id = this.#id;
    if (!this.client || id === undefined || id === '') return;
    const { signal } = (this.#subscription = new AbortController());
    this.client.subscribe((_id, record) => this.#handleChange(record), { id, signal });
    this.record = this.client.records.get(id);
    this.#listener(this.record, undefined);
    this.#host.requestUpdate();
    // Reads the stored records. Without storage the element renders a plain link.
    void this.client.ready.catch(() => this.#host.requestUpdate());
  }

  #handleChange(record: FetchRecord | undefined): void {
    const previous = this.record;
    this.record = record;
    this.#listener(record, previous);
    updateNextFrame(this.#host);
  }
}
