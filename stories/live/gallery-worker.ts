/** The gallery's service worker: the kit's, with a server that is not there behind it. */
/// <reference lib="webworker" />
import { answerFrom } from '../../src/manager/stored-answer.js';
import { serveBackgroundFetch } from '../../src/worker/index.js';
import { answerAs, mediumOf } from './pretend-server.js';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('message', (event) => {
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const medium = mediumOf(request.url);
  if (!medium) return;
  const fromServer = async () => answerAs(request, await medium, (end) => event.waitUntil(end));
  // The kit's own requests go to the server, a player's to what is stored, where it is.
  event.respondWith(request.cache === 'no-store' ? fromServer() : answerFrom(request).then((stored) => stored ?? fromServer()));
});

serveBackgroundFetch();
