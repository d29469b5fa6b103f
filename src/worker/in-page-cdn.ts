/** The in-page engine's half of the worker, by `importScripts()`: the worker's own script asks for it. */
import { createInPageHalf, type InPageHalf, type WorkerScope } from '../engine/in-page/worker.js';

const scope = self as unknown as WorkerScope & { bgFetchInPage?: InPageHalf };
scope.bgFetchInPage ??= createInPageHalf(scope);
