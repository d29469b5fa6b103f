/**
 * Asks in ranges for what comes fast. A browser piles up what is not read yet (Firefox and WebKit without a limit, Chromium up to 50 MB,
 * as measured), and only the end of a response keeps it from that. Its text becomes part of a worker, so it uses nothing outside of itself.
 */

/**
 * The bytes of a body from `start` on, as they come, in chunks that are the reader's until the next one is asked for. `length` is that of
 * the whole, 0 where it must not be asked for in ranges. `chunksOf` lets go of what is read no further. Rejects when a range does not fit;
 * its address is `unfit` from then on.
 */
export async function* inRanges(
  url: string,
  init: RequestInit,
  response: Response,
  start: number,
  length: number,
  chunksOf: (body: Response['body']) => AsyncGenerator<Uint8Array>,
  unfit: Set<string>,
): AsyncGenerator<Uint8Array> {
  /** What comes faster than that, in bytes for each millisecond that it was waited for, is asked for in ranges. */
  const FAST = 8e3;

  /** How many bytes are asked for at a time. */
  const RANGE = 32e6;

  /** How many bytes may lie there unread once a range has come, for the next to be larger; and how large it may be. */
  const AHEAD = 16e6;
  const LARGEST = 5e8;

  // It is a strong one, else nothing may be asked for in ranges.
  const versionOf = ({ headers }: Response): string => headers.get('etag') ?? headers.get('last-modified') ?? '';
  const loaded = (): number => performance.getEntriesByName(url).length;
  let at = start;
  let isCut = false;
  // What is over in a second or two is let be.
  let begun = performance.now() - 1000;
  for await (const chunk of chunksOf(response.body)) {
    const came = performance.now();
    yield chunk;
    at += chunk.byteLength;
    isCut = at + RANGE < length && at - start > (came - begun) * FAST && !unfit.has(url);
    if (isCut) break;
    // What takes long to write piles up meanwhile.
    begun += performance.now() - came;
  }
  for (let size = RANGE; isCut && at < length;) {
    const end = Math.min(at + size, length);
    const range = `${at}-${end - 1}`;
    const headers = new Headers(init.headers);
    headers.set('range', `bytes=${range}`);
    // It would need a preflight on another origin.
    if (response.type === 'basic') headers.set('if-range', versionOf(response));
    const before = loaded();
    const answer = await fetch(url, { ...init, headers });
    const fits = answer.status === 206 && answer.headers.get('content-range') === `bytes ${range}/${length}`;
    if (!fits || versionOf(answer) !== versionOf(response)) {
      unfit.add(url);
      throw new TypeError(`The server answered ${answer.status} with a range that does not fit.`);
    }
    let ahead = 0;
    for await (const chunk of chunksOf(answer.body)) {
      yield chunk;
      at += chunk.byteLength;
      if (loaded() > before) ahead ||= end - at;
    }
    size = ahead > AHEAD ? RANGE : Math.min(4 * size, LARGEST);
  }
}
