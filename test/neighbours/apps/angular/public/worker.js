// Angular's worker answers every request, so it must not get those of downloads.
const isDownload = ({ url }) => new URL(url).pathname.startsWith('/files/');
const { addEventListener } = self;
self.addEventListener = (type, listener) =>
  addEventListener(type, type === 'fetch' ? (event) => isDownload(event.request) || listener(event) : listener);
importScripts('/ngsw-worker.js');
self.addEventListener = addEventListener;

importScripts('/bg-fetch-elements/service-worker.js');
