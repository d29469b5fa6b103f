/** How an element listens to one download. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { FetchRecord } from '../manager/record.js';
import { ClientController, type PageClient } from './client-context.js';
import { updateNextFrame } from './frame.js';

/** Hears of each new record of the download, the first one included; `previous` is undefined for that. */
export type RecordListener = (record: FetchRecord | undefined, previous: FetchRecord | undefined) => void;

/** A subscription to one id with manners: from connect to disconnect, and to another id when the host names one. */
export class FetchController implements ReactiveController {
  record: FetchRecord | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #client: ClientController;
  readonly #idOf: () => string | undefined;
  readonly #heard: RecordListener;
  #id: string | undefined;
  #subscription: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, idOf: () => string | undefined, heard: RecordListener) {
    this.#host = host;
    this.#idOf = idOf;
    this.#heard = heard;
    this.#client = new ClientController(host, () => this.#subscribe());
    host.addController(this);
  }

  get client(): PageClient | undefined {
    return this.#client.client;
  }

  /** Follows the host to another id; called before anything is drawn of it. */
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
    this.client.subscribe((_id, record) => this.#take(record), { id, signal });
    this.record = this.client.records.get(id);
    this.#heard(this.record, undefined);
    this.#host.requestUpdate();
    // Reads what earlier visits left. Where nothing can be stored, a plain link is drawn.
    void this.client.ready.catch(() => this.#host.requestUpdate());
  }

  #take(record: FetchRecord | undefined): void {
    const previous = this.record;
    this.record = record;
    this.#heard(record, previous);
    updateNextFrame(this.#host);
  }
}
