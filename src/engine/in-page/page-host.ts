/** The page itself settles the ends of fetches, where there is no service worker. */
import { deliverEvent } from './delivery.js';
import type { InPageHost } from './host.js';
import { matchAll } from './match.js';
import { Registry } from './registry.js';

/** Dispatches events of a scope on `target` in the page, and waits for what its listeners pass to `waitUntil`. */
export function pageHost(target: EventTarget, scope: string): InPageHost {
  const registry = new Registry(scope, matchAll);
  return { scope, isActive: true, deliver: (type, uid) => deliverEvent(target, registry, type, uid) };
}
