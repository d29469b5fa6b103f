const CACHE = 'pages-1';

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['/', '/bg-fetch-elements/bg-fetch-elements.js'])));
});

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname === '/hello') event.respondWith(new Response('Hello from the own worker'));
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(() => caches.match('/')));
});

// After the site's own listeners: a request they answer is theirs.
importScripts('/bg-fetch-elements/service-worker.js');
