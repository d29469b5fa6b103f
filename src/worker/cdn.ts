/** The whole worker of a site that has none, and what others take in with `importScripts()`. */
import { serveBackgroundFetch, type ServeOptions } from './index.js';

serveBackgroundFetch((self as typeof self & { bgFetchOptions?: ServeOptions }).bgFetchOptions);
