/** Exposes the standard's interfaces on the global object, in browsers without them. */
import { defineHandler } from './event-handler.js';
import { InPageEvent, InPageUpdateUIEvent } from './background-fetch-events.js';
import { exposeClass, exposeInterface } from './webidl-class.js';
import { InPageManager } from './background-fetch-manager.js';
import { InPageRecord } from './background-fetch-record.js';
import { InPageRegistration } from './registration.js';

export function hasBackgroundFetch(): boolean {
  return typeof ServiceWorkerRegistration !== 'undefined' && 'backgroundFetch' in ServiceWorkerRegistration.prototype;
}

export type ManagerOf = (registration: ServiceWorkerRegistration) => InPageManager;

/**
 * Defines the interfaces and `registration.backgroundFetch`. `create` is called once per registration; the returned function resolves the
 * same manager.
 */
export function exposeBackgroundFetch(scope: object, create: ManagerOf): ManagerOf {
  defineHandler(InPageRegistration.prototype, 'progress', (value) => InPageRegistration.check(value));
  exposeInterface(scope, 'BackgroundFetchManager', InPageManager);
  exposeInterface(scope, 'BackgroundFetchRegistration', InPageRegistration);
  exposeInterface(scope, 'BackgroundFetchRecord', InPageRecord);
  const managers = new WeakMap<ServiceWorkerRegistration, InPageManager>();
  const managerOf: ManagerOf = (registration) => {
    let manager = managers.get(registration);
    if (!manager) managers.set(registration, (manager = create(registration)));
    return manager;
  };
  // The getter has the function name that WebIDL requires.
  const attributes = {
    get backgroundFetch(): InPageManager {
      if (!(this instanceof ServiceWorkerRegistration)) throw new TypeError('Illegal invocation');
      return managerOf(this);
    },
  };
  Object.defineProperties(ServiceWorkerRegistration.prototype, Object.getOwnPropertyDescriptors(attributes));
  return managerOf;
}

/** Defines the event classes of a worker and their `on…` attributes. */
export function exposeEvents(scope: EventTarget): void {
  exposeClass(scope, 'BackgroundFetchEvent', InPageEvent);
  exposeClass(scope, 'BackgroundFetchUpdateUIEvent', InPageUpdateUIEvent);
  for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort', 'backgroundfetchclick']) {
    // Attributes of a global object are own properties, and `this` may be undefined (WebIDL, section 3.7.6).
    defineHandler(scope, type, (value = scope) => {
      if (value !== scope) throw new TypeError('Illegal invocation');
      return scope;
    });
  }
}
