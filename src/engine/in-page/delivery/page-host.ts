/** Delivers end events in the page if there is no service worker. */
import { deliverEvent } from './deliver-event.js';
import type { InPageHost } from './event-host.js';
import { Registry } from '../api/registry.js';

/** Creates a host that dispatches events of a scope on `target` and waits for their `waitUntil` promises. */
export function pageHost(target: EventTarget, scope: string): InPageHost {
  const registry = new Registry(scope);
  return {
    scope,
    isActive: true,
    async deliver(type, uid) {
      await deliverEvent(target, registry, type, uid);
    },
  };
}
