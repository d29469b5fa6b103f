/** The kit's worker. The browser clicks when it is told to, and tells which page it would show: only its own interface may really show one. */
import type { BackgroundFetchEvent } from '../../src/standard/background-fetch.js';
import { serveBackgroundFetch } from '../../src/worker/index.js';

declare const self: ServiceWorkerGlobalScope;

const channel = new BroadcastChannel('click-worker');
WindowClient.prototype.focus = function () {
  channel.postMessage(`focus ${this.url}`);
  return Promise.resolve(this);
};
self.clients.openWindow = (url) => {
  channel.postMessage(`open ${url}`);
  return Promise.resolve(null);
};
self.addEventListener('message', ({ data }) => {
  const { clicked: id } = data as { clicked?: string };
  if (id === undefined) return;
  self.dispatchEvent(Object.assign(new Event('backgroundfetchclick'), { registration: { id }, waitUntil: () => undefined }));
});

const answers = {
  own: (id: string) => channel.postMessage(`the site's own answer for ${id}`),
  listens: () => undefined,
};
const how = new URL(self.location.href).search.slice(1) as keyof typeof answers | '';
serveBackgroundFetch(how === '' ? {} : { clicked: answers[how] });
self.addEventListener('backgroundfetchclick' as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
  if (how === 'listens') channel.postMessage(`the site heard of ${(event as BackgroundFetchEvent).registration.id}`);
});
