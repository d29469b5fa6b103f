/** The whole worker of a site that has none, and what others take in with `importScripts()`. */
import { serveBackgroundFetch } from './index.js';

serveBackgroundFetch();
