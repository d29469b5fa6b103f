import { serveBackgroundFetch } from 'bg-fetch-elements/service-worker';
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
self.skipWaiting();

// After the routes: a request they answer is theirs.
serveBackgroundFetch();
