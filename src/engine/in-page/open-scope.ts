/** Opens a scope in this page: its registrations, and whoever moves their bytes while this page owns them. */
import { carry, type CarrierOptions } from './carrier.js';
import type { InPageHost } from './host.js';
import { own } from './ownership.js';
import { Registry, type MatchAll } from './registry.js';

/** Gives its registrations. */
export function openScope(host: InPageHost, matchAll: MatchAll, options: CarrierOptions = {}): Registry {
  const registry = new Registry(host.scope, matchAll);
  own(`bg-fetch-in-page ${host.scope}`, (signal) => carry(host, registry.wire, options, signal));
  return registry;
}
