/**
 * Splits fast responses into range requests. Browsers buffer unread data (Firefox 153 and WebKitGTK 2.50 without limit, Chromium 156 up
 * to 50 MB), and only the end of a response stops that: docs/decisions/0001.
 */
import { readChunks } from './chunk-reader.js';

/** Speed in bytes per millisecond of waiting above which ranges are used. */
const MIN_SPEED = 8e3;

/** Size of the first range in bytes. */
const FIRST_RANGE = 32e6;

/** Maximum of unread bytes after a range for the next one to be larger, and the largest range. */
const MAX_UNREAD = 16e6;
const MAX_RANGE = 5e8;

/** Maximum number of received bytes that are requested again. */
const PROBE_SIZE = 65_536;

/** Time in milliseconds within which a response may end without being split. */
const UNSPLIT_TIME = 1000;

/** URLs whose ranges did not match the response. */
const urlsWithWrongRanges = new Set<string>();

/** Response whose body is being read. */
export interface RunningResponse {
  readonly url: string;
  readonly init: RequestInit;
  readonly response: Response;
  readonly chunks: AsyncGenerator<Uint8Array>;
}

/**
 * Yields the bytes of a body from `start`; a chunk is valid until the next one is requested. `length` is the total size, 0 if ranges must
 * not be used. The running response is cancelled only after the server has returned the last received bytes again, as a range: a URL may be
 * valid for one request, and on another origin an encoded body cannot be told. Rejects if a later range does not match;
 * ranges of this URL are not used again.
 */
export async function* readInRanges(
  { url, init, response, chunks }: RunningResponse,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  const countResponses = (): number => performance.getEntriesByName(url).length;
  /** Requests `[from, to)`; rejects if the returned range does not match. */
  const requestRange = async (from: number, to: number): Promise<Response> => {
    const range = `${from}-${to - 1}`;
    const headers = new Headers(init.headers);
    headers.set('range', `bytes=${range}`);
    // On another origin the header would need a preflight.
    if (response.type === 'basic') headers.set('if-range', versionOf(response));
    const answer = await fetch(url, { ...init, headers });
    const isRequested = answer.status === 206 && answer.headers.get('content-range') === `bytes ${range}/${length}`;
    if (isRequested && versionOf(answer) === versionOf(response)) return answer;
    answer.body?.cancel().catch(() => undefined);
    urlsWithWrongRanges.add(url);
    throw new TypeError(`The server answered ${answer.status} with a range that does not fit.`);
  };
  let offset = start;
  let isChecked = urlsWithWrongRanges.has(url);
  let isCorrect = false;
  let isSplit = false;
  /** Compares the last received bytes with the server's range. If it fails, the running response is continued. */
  const checkRange = async (received: Uint8Array): Promise<void> => {
    isChecked = true;
    try {
      const again = new Uint8Array(await (await requestRange(offset - received.byteLength, offset)).arrayBuffer());
      isCorrect = again.every((byte, i) => byte === received[i]);
      if (!isCorrect) urlsWithWrongRanges.add(url);
    } catch {
      // The server did not answer, or not with this range.
    }
  };
  let startedAt = performance.now() - UNSPLIT_TIME;
  for await (const chunk of chunks) {
    const receivedAt = performance.now();
    yield chunk;
    offset += chunk.byteLength;
    if (offset + FIRST_RANGE < length && offset - start > (receivedAt - startedAt) * MIN_SPEED) {
      if (!isChecked) void checkRange(chunk.slice(-PROBE_SIZE));
      if (isCorrect) {
        isSplit = true;
        break;
      }
    }
    // Data is buffered while a write takes long.
    startedAt += performance.now() - receivedAt;
  }
  for (let size = FIRST_RANGE; isSplit && offset < length;) {
    const end = Math.min(offset + size, length);
    const before = countResponses();
    const answer = await requestRange(offset, end);
    let unread = 0;
    for await (const chunk of readChunks(answer.body)) {
      yield chunk;
      offset += chunk.byteLength;
      if (countResponses() > before) unread ||= end - offset;
    }
    size = unread > MAX_UNREAD ? FIRST_RANGE : Math.min(4 * size, MAX_RANGE);
  }
}

/** Returns the validator of a response; ranges are used only if it is strong. */
function versionOf({ headers }: Response): string {
  return headers.get('etag') ?? headers.get('last-modified') ?? '';
}
