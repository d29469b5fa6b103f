/** A worker written to the standard alone, by somebody who never heard of this project, after what serves it. */
import { createInPageWorker } from '../../src/engine/in-page/worker.js';
import { handleDeliveries } from '../../src/worker/deliveries.js';

const scope = /** @type {any} */ (globalThis);
const inPage = createInPageWorker(scope);
handleDeliveries(scope, inPage);
const channel = new BroadcastChannel('standard-worker');

scope.addEventListener('install', () => scope.skipWaiting());
// The site's own messages are none of the engine's, and the other way round.
scope.addEventListener('message', () => channel.postMessage('heard a message'));

scope.onbackgroundfetchabort = (/** @type {any} */ event) => channel.postMessage(`aborted ${event.registration.id}`);
scope.addEventListener('backgroundfetchsuccess', (/** @type {any} */ event) => {
  event.waitUntil(
    (async () => {
      const { registration } = event;
      const [record] = await registration.matchAll();
      const response = await record.responseReady;
      const refusal = await scope.registration.backgroundFetch.fetch('x', '/x').catch((/** @type {Error} */ error) => error.name);
      const first = await event.updateUI({ title: 'Done' }).then(() => 'updated');
      const second = await event.updateUI({ title: 'Twice' }).catch((/** @type {Error} */ error) => error.name);
      channel.postMessage({
        id: registration.id,
        result: registration.result,
        size: (await response.blob()).size,
        url: response.url,
        active: await scope.registration.backgroundFetch.getIds(),
        names: [event, registration, record].map((object) => Object.prototype.toString.call(object)),
        extendable: event instanceof scope.BackgroundFetchUpdateUIEvent && event instanceof scope.ExtendableEvent,
        refusal,
        lengths: [scope.BackgroundFetchEvent.length, scope.BackgroundFetchUpdateUIEvent.length],
        handlers: readHandlers(),
        foreign: await callElsewhere(),
        first,
        second,
      });
    })(),
  );
});

function readHandlers() {
  const names = ['success', 'fail', 'abort', 'click'].map((end) => `onbackgroundfetch${end}`);
  const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(scope, 'onbackgroundfetchclick') ?? {});
  return {
    own: names.every((name) => Object.hasOwn(scope, name)),
    read: get?.call(undefined),
    refused: nameOf(() => get?.call({})),
  };
}

async function callElsewhere() {
  const { waitUntil } = scope.BackgroundFetchEvent.prototype;
  const { updateUI } = scope.BackgroundFetchUpdateUIEvent.prototype;
  const refused = await updateUI.call(new Event('x')).catch((/** @type {Error} */ error) => error.name);
  return [nameOf(() => waitUntil.call(new Event('x'), Promise.resolve())), refused];
}

/** @param {() => unknown} run */
function nameOf(run) {
  try {
    run();
    return '';
  } catch (error) {
    return /** @type {Error} */ (error).name;
  }
}
