/** The worker for script tags: a whole worker, or a script for `importScripts()`. */
/// <reference lib="webworker" />
import { createInPageWorker } from '../engine/in-page/worker.js';
import { serve, type ServeOptions } from './host.js';

declare const self: ServiceWorkerGlobalScope & { bgFetchOptions?: ServeOptions };

serve(self.bgFetchOptions, createInPageWorker(self));
