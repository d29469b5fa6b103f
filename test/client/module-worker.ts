/** A site's module worker, of the one line. */
import { serveBackgroundFetch } from '../../src/worker/index.js';

serveBackgroundFetch();
