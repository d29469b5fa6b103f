/** Puts the standard's interfaces where scripts look for them, in browsers that have none. */
import { defineHandler } from './event-handler.js';
import { InPageEvent, InPageUpdateUIEvent } from './events.js';
import { exposeClass, exposeInterface } from './interfaces.js';
import { InPageManager } from './manager.js';
import { InPageRecord } from './record.js';
import { InPageRegistration } from './registration.js';

/** True where the browser has Background Fetch of its own. */
export function hasBackgroundFetch(): boolean {
  return typeof ServiceWorkerRegistration !== 'undefined' && 'backgroundFetch' in ServiceWorkerRegistration.prototype;
}

/** Gives the manager of a registration. */
export type ManagerOf = (registration: ServiceWorkerRegistration) => InPageManager;

/**
 * Defines the interfaces of page and worker, and `registration.backgroundFetch`. `create` is called once a registration; what is
 * returned gives the manager it made.
 */
export function exposeBackgroundFetch(scope: object, create: ManagerOf): ManagerOf {
  // Reading a private member throws for what is no registration.
  defineHandler(InPageRegistration.prototype, 'progress', ({ id }) => id);
  exposeInterface(scope, 'BackgroundFetchManager', InPageManager);
  exposeInterface(scope, 'BackgroundFetchRegistration', InPageRegistration);
  exposeInterface(scope, 'BackgroundFetchRecord', InPageRecord);
  const managers = new WeakMap<ServiceWorkerRegistration, InPageManager>();
  const managerOf: ManagerOf = (registration) => {
    let manager = managers.get(registration);
    if (!manager) managers.set(registration, (manager = create(registration)));
    return manager;
  };
  // Written as a getter for its name, which WebIDL asks for.
  const attributes = {
    get backgroundFetch(): InPageManager {
      if (!(this instanceof ServiceWorkerRegistration)) throw new TypeError('Illegal invocation');
      return managerOf(this);
    },
  };
  Object.defineProperties(ServiceWorkerRegistration.prototype, Object.getOwnPropertyDescriptors(attributes));
  return managerOf;
}

/** Defines the events of a worker, and their `on…` attributes. */
export function exposeEvents(scope: EventTarget): void {
  exposeClass(scope, 'BackgroundFetchEvent', InPageEvent);
  exposeClass(scope, 'BackgroundFetchUpdateUIEvent', InPageUpdateUIEvent);
  for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort', 'backgroundfetchclick']) {
    defineHandler(Object.getPrototypeOf(scope) as EventTarget, type);
  }
}
