/** The test site as a page sees it: see `test/server/server.ts` and `faults.ts`. */
import type { LogEntry } from '../server/server.js';

let files = 0;

/** A file no other test asks for: `fileUrl('cut=500k&times=1', { origin: await otherOrigin() })`. */
export function fileUrl(faults = '', { name = 'file.bin', origin = location.origin } = {}): string {
  const folder = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}-${files++}`;
  return `${origin}/files/${folder}/${name}${faults && `?${faults}`}`;
}

/** The same site at an origin that is not the page's. */
export async function otherOrigin(): Promise<string> {
  return (await fetch('/__origin')).text();
}

/** What the site was asked for this file, in order. */
export async function requestsOf(url: string): Promise<LogEntry[]> {
  const { pathname } = new URL(url, location.href);
  const response = await fetch(`/__log?${new URLSearchParams({ path: pathname }).toString()}`, { cache: 'no-store' });
  return (await response.json()) as LogEntry[];
}
