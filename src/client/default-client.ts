/** Clients that elements of a page share: they last for the life of the page, while elements and providers come and go. */
import { MarkupUrl } from '../standard/script-url.js';
import { BgFetchClient, type ClientOptions } from './client.js';
import { parseUrl } from '../standard/older-browsers.js';

/** Options of a client as a provider has them. */
export interface SharedOptions extends Pick<ClientOptions, 'engine' | 'scope'> {
  readonly serviceWorker?: string | URL | undefined;
}

const clients = new Map<string, BgFetchClient>();

/** Returns the default client, which is created at the first call. */
export function defaultClient(): BgFetchClient {
  return sharedClient({});
}

/** Returns the client with these options, which is created at the first call. */
export function sharedClient(options: SharedOptions): BgFetchClient {
  const { serviceWorker, scope, engine = 'auto' } = options;
  const key = JSON.stringify([serviceWorker instanceof MarkupUrl, absolute(serviceWorker), absolute(scope), engine]);
  let client = clients.get(key);
  if (!client) clients.set(key, (client = new BgFetchClient(options)));
  return client;
}

/** Returns the absolute URL: a router changes the URL that relative ones are resolved against. */
function absolute(address: string | URL | undefined): string | undefined {
  return address === undefined ? undefined : (parseUrl(address, document.baseURI)?.href ?? String(address));
}
