/** `BackgroundFetchManager`, as the standard has it (§6.3). */
import type {
  BackgroundFetchManager,
  BackgroundFetchOptions,
  BackgroundFetchRegistration,
  BackgroundFetchRequests,
} from '../../standard/background-fetch.js';
import { toDOMString } from './convert.js';
import type { Registry } from './registry.js';

/** Starts a fetch; a page can, a worker cannot. */
export type Start = (id: string, requests: unknown, options: unknown) => Promise<BackgroundFetchRegistration>;

/** Starts fetches and finds the active ones. */
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
    // Like Chromium, where such an id cannot have been given.
    if (id === undefined || toDOMString(id) === '') throw new TypeError('A background fetch has an id.');
    return registry.get(toDOMString(id));
  }

  async getIds(): Promise<string[]> {
    return this.#registry.getIds();
  }
}

/** What starts a fetch in a worker: nothing, as in Chromium. */
export function refuseToStart(id: string): Promise<never> {
  const message = `Failed to start background fetch "${id}": a service worker cannot. Start it in a page.`;
  return Promise.reject(new DOMException(message, 'NotAllowedError'));
}
