/** Verification of `integrity` in the worker, for `importScripts()` before the worker's script. */
import type { ServeOptions } from './index.js';
import { isIntact } from './integrity.js';

const scope = self as typeof self & { bgFetchOptions?: ServeOptions };
scope.bgFetchOptions = { ...scope.bgFetchOptions, isIntact };
