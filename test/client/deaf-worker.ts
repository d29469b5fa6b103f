/** The kit's worker, stopped as it were when calls come: the first of each command is lost, or, with `?never`, every one. */
import { serveBackgroundFetch } from '../../src/worker/index.js';

declare const self: ServiceWorkerGlobalScope;

const lost = new Set<string>();
const hasNeverHeard = new URL(self.location.href).searchParams.has('never');

self.addEventListener('message', (event) => {
  const { bgFetch, path: [command = ''] = [] } = event.data as { bgFetch?: string; path?: string[] };
  if (bgFetch !== 'call' || (lost.has(command) && !hasNeverHeard)) return;
  lost.add(command);
  event.stopImmediatePropagation();
});

serveBackgroundFetch();
