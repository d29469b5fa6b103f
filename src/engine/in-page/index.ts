/** The in-page engine: the standard's manager over `fetch` in the page. */
import type {
  BackgroundFetchOptions,
  BackgroundFetchRegistration,
  BackgroundFetchRequests,
} from '../../standard/background-fetch.js';
import { toPlainRequest } from '../../standard/plain-request.js';
import type { Engine } from '../engine.js';
import { Carrier } from './carrier.js';
import type { InPageHost } from './host.js';
import { addFetch, type JournalFetch, type JournalRecord } from './journal.js';
import { own } from './ownership.js';
import { Registry } from './registry.js';

export { pageHost, workerHost, type InPageHost } from './host.js';

/** Makes the engine of a scope in this page; it goes on with what earlier pages left as soon as it is made. */
export function createInPageEngine(host: InPageHost): Engine {
  const registry = new Registry(host.scope);
  own(`bg-fetch-in-page ${host.scope}`, (signal) => new Carrier(host, registry.wire).run(signal));
  return new InPageEngine(host, registry);
}

class InPageEngine implements Engine {
  readonly name = 'in-page';
  readonly #host: InPageHost;
  readonly #registry: Registry;

  constructor(host: InPageHost, registry: Registry) {
    this.#host = host;
    this.#registry = registry;
  }

  async fetch(
    id: string,
    requests: BackgroundFetchRequests,
    options: BackgroundFetchOptions = {},
  ): Promise<BackgroundFetchRegistration> {
    const list = isList(requests) ? [...requests] : [requests];
    const made = list.map((request) => toRequest(id, request));
    if (made.length === 0) throw refusal(id, 'there is no request. Pass at least one');
    if (!this.#host.isActive) throw refusal(id, 'the registration has no active worker');
    const uid = crypto.randomUUID();
    const records = await Promise.all(made.map((request, index) => toRecord(uid, index, request)));
    const fetch: JournalFetch = {
      uid,
      scope: this.#host.scope,
      id,
      active: this.#host.scope,
      title: options.title ?? '',
      icons: options.icons ?? [],
      downloadTotal: options.downloadTotal ?? 0,
      uploadTotal: records.reduce((sum, { requestBody }) => sum + (requestBody?.byteLength ?? 0), 0),
      startedAt: Date.now(),
      paused: false,
      result: '',
      failureReason: '',
      failureDetail: '',
    };
    await addFetch(fetch, records).catch((error: unknown) => {
      throw isNamed(error, 'ConstraintError')
        ? refusal(id, 'a fetch with this id is already active. Abort it, or use another id')
        : error;
    });
    const registration = await this.#registry.instance(fetch);
    this.#registry.wire.post({ kind: 'added', uid });
    return registration;
  }

  get(id: string): Promise<BackgroundFetchRegistration | undefined> {
    return this.#registry.get(id);
  }

  getIds(): Promise<string[]> {
    return this.#registry.getIds();
  }
}

function toRequest(id: string, input: RequestInfo | URL): Request {
  const request = new Request(input);
  if (request.mode === 'no-cors') throw refusal(id, `"${request.url}" is a no-cors request, whose response no script may read`);
  return request;
}

async function toRecord(uid: string, index: number, request: Request): Promise<JournalRecord> {
  const { body, ...plain } = await toPlainRequest(request);
  const requestBody = await body?.arrayBuffer();
  return { uid, index, request: plain, ...(requestBody && { requestBody }), uploaded: 0, length: 0, result: '', detail: '' };
}

function isList(requests: BackgroundFetchRequests): requests is readonly (RequestInfo | URL)[] {
  return typeof requests === 'object' && Symbol.iterator in requests;
}

function isNamed(error: unknown, name: string): boolean {
  return (error instanceof Error || error instanceof DOMException) && error.name === name;
}

function refusal(id: string, reason: string): TypeError {
  return new TypeError(`Failed to start background fetch "${id}": ${reason}.`);
}
