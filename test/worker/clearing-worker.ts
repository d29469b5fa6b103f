/** A site's worker that clears the downloads at its own sign-out. */
import { serveBackgroundFetch } from '../../src/worker/index.js';

declare const self: ServiceWorkerGlobalScope;

const downloads = serveBackgroundFetch();
self.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.data === 'signed out') event.waitUntil(downloads.clear().then(() => port?.postMessage('cleared')));
});
