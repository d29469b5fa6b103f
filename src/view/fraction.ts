/** The progress of one record as a fraction. */
import type { FetchRecord } from '../manager/record.js';

/** The maximum until the files are stored and can be served. */
const ALMOST = 0.99;

/** Returns the progress of upload and download together, from 0 to 1; 1 only when done; undefined if the total is unknown. */
export function fractionOf(record: FetchRecord): number | undefined {
  if (record.status === 'done') return 1;
  const { downloaded, downloadTotal, uploaded, uploadTotal } = record;
  // The size of the response to an upload is rarely known: then only the upload counts.
  const total = downloadTotal > 0 || uploaded < uploadTotal ? downloadTotal + uploadTotal : 0;
  if (total <= 0) return undefined;
  const bytes = uploaded + (downloadTotal > 0 ? downloaded : 0);
  return Math.min(ALMOST, Math.max(0, bytes / total));
}
