/** How much of a download one record says is there. */
import type { FetchRecord } from '../manager/record.js';

/** The most that is shown before the bytes are stored and can be served. */
const ALMOST = 0.99;

/** From 0 to 1, both directions counted; 1 only when done; undefined when the total is unknown. */
export function fractionOf(record: FetchRecord): number | undefined {
  if (record.status === 'done') return 1;
  const { downloaded, downloadTotal, uploaded, uploadTotal } = record;
  // The answer to an upload is seldom announced: then what is sent is what counts.
  const total = downloadTotal > 0 || uploaded < uploadTotal ? downloadTotal + uploadTotal : 0;
  if (total <= 0) return undefined;
  const bytes = uploaded + (downloadTotal > 0 ? downloaded : 0);
  return Math.min(ALMOST, Math.max(0, bytes / total));
}
