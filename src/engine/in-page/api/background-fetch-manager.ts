/** `BackgroundFetchManager` (§6.3). */
import type {
  BackgroundFetchManager,
  BackgroundFetchOptions,
  BackgroundFetchRegistration,
  BackgroundFetchRequests,
} from '../../../standard/background-fetch.js';
import { toDOMString } from './webidl.js';
import type { Registry } from './registry.js';

/** Function that starts a fetch; it rejects in a worker. */
export type Start = (id: string, requests: unknown, options: unknown) => Promise<BackgroundFetchRegistration>;

/** Starts and finds background fetches. */
export class InPageManager implements BackgroundFetchManager {
  readonly #registry: Registry;
  readonly #start: Start;

  constructor(registry: Registry, start: Start) {
    this.#registry = registry;
    this.#start = start;
  }

  async fetch(
    id: string,
    requests: BackgroundFetchRequests,
    options: BackgroundFetchOptions = {},
  ): Promise<BackgroundFetchRegistration> {
    return this.#start(toDOMString(id), requests, options);
  }

  async get(id: string): Promise<BackgroundFetchRegistration | undefined> {
    const registry = this.#registry;
    // As in Chromium 156, where no fetch can have such an id (docs/decisions/0016).
    if (id === undefined || toDOMString(id) === '') throw new TypeError('A background fetch has an id.');
    return registry.get(toDOMString(id));
  }

  async getIds(): Promise<string[]> {
    return this.#registry.getIds();
  }
}

/** Rejects: as in Chromium 156, a worker cannot start a fetch (docs/decisions/0016). */
export function refuseToStart(id: string): Promise<never> {
  const message = `Failed to start background fetch "${id}": a service worker cannot. Start it in a page.`;
  return Promise.reject(new DOMException(message, 'NotAllowedError'));
}
