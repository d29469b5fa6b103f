/** The same by `importScripts()`, before the worker's own script. */
import type { ServeOptions } from './index.js';
import { isIntact } from './integrity.js';

const scope = self as typeof self & { bgFetchOptions?: ServeOptions };
scope.bgFetchOptions = { ...scope.bgFetchOptions, isIntact };
