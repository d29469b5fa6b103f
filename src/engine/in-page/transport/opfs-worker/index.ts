/** Entry of the dedicated worker that downloads responses to OPFS files. `tools/opfs-worker.js` bundles it to the text in `source.ts`. */
import { PROBE } from '../../../../bytes/files.js';
import type { OutgoingRequest } from '../transport.js';
import { openExclusively } from './file-writer.js';
import { sendFor } from './worker-response.js';

// The default buffer of resource timings is soon full, and then has no entry for new responses.
performance.setResourceTimingBufferSize(1e5);

addEventListener('message', ({ data, ports: [port] }: MessageEvent<OutgoingRequest>) => {
  if (port) sendFor(port, data);
});

/** Resolves with true if files can be written in this worker. */
async function canWrite(): Promise<boolean> {
  const file = await openExclusively(PROBE);
  file.write(new Uint8Array(8), { at: 0 });
  file.flush();
  const size = file.getSize();
  file.close();
  return size === 8;
}

// An unexpected error reaches the page as an `error` event of the worker.
addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

canWrite().then(
  (can) => postMessage(can),
  () => postMessage(false),
);
