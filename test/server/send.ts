/** Sends an answer's bytes: at a pace, in constant memory, and as badly as asked. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How the body goes out; all in bytes, nothing set sends it whole and at once. */
export interface Sending {
  /** Bytes a second. */
  rate?: number | undefined;
  /** Closes the connection after so many bytes of the body. */
  cutAfter?: number | undefined;
  /** The same with a TCP reset. */
  resetAfter?: number | undefined;
  /** Is silent before either of them, in milliseconds, so that the other end has read what came. */
  linger?: number | undefined;
  /** Sends nothing more after so many bytes, and keeps the connection open. */
  stallAfter?: number | undefined;
  /** Goes on after a stall of so many milliseconds. */
  hold?: number | undefined;
}

const PIECE = 256 * 1024;

/** Writes `[start, end)` of what `read` gives; returns the bytes written when all is sent, cut or the other end has gone. */
export async function sendBody(
  response: ServerResponse,
  read: (start: number, end: number) => Uint8Array,
  start: number,
  end: number,
  { rate, cutAfter = Infinity, resetAfter = Infinity, linger = 0, stallAfter = Infinity, hold }: Sending = {},
): Promise<number> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let stop = Math.min(end, start + Math.min(cutAfter, resetAfter, stallAfter));
  const piece = rate === undefined ? PIECE : Math.max(1, Math.min(PIECE, Math.round(rate / 20)));
  const started = performance.now();
  let at = start;
  try {
    while (at < stop && !gone.signal.aborted) {
      const next = Math.min(at + piece, stop);
      const roomLeft = response.write(read(at, next));
      at = next;
      if (!roomLeft) await once(response, 'drain', { signal: gone.signal });
      if (rate !== undefined) {
        const ahead = ((at - start) / rate) * 1000 - (performance.now() - started);
        if (ahead > 1) await sleep(ahead, undefined, { signal: gone.signal });
      }
      if (at === start + stallAfter && hold !== undefined) {
        await sleep(hold, undefined, { signal: gone.signal });
        stop = end;
      }
    }
    if (at - start >= Math.min(cutAfter, resetAfter)) await sleep(linger, undefined, { signal: gone.signal });
  } catch (error) {
    // The reader left; what it got is all there is to say.
    if ((error as Error).name !== 'AbortError') throw error;
  }
  if (gone.signal.aborted) return at - start;
  if (at - start >= resetAfter) response.socket?.resetAndDestroy();
  else if (at - start >= cutAfter) response.socket?.destroySoon();
  else if (hold !== undefined || at - start < stallAfter) response.end();
  return at - start;
}
