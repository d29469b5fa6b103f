importScripts('/bg-fetch-elements/service-worker.js');
