/** Requests the size of a download before its start: by `HEAD` only, for few files, once per file and page. */

/** Maximum number of files of one download; for more, no request is sent. */
const MAX_FILES = 4;

/** Maximum number of simultaneous requests of the page. */
const MAX_PARALLEL = 2;

/** Timeout of a request, in milliseconds. */
const TIMEOUT = 30_000;

/** Sizes requested in this page, by request. */
const sizesByKey = new Map<string, Promise<number>>();

/** Resolves with the total size of all bodies in bytes; with 0 if one is unknown, and for more than four files. */
export async function sizeOf(requests: readonly Request[], signal?: AbortSignal): Promise<number> {
  if (requests.length > MAX_FILES) return 0;
  const sizes = Promise.all(requests.map(sizeOfOne)).then(sum);
  return signal ? Promise.race([sizes, aborted(signal)]) : sizes;
}

/** Resolves with the size as `sizeOf` does, without requests to URLs with a query, which may be valid once. */
export async function harmlessSizeOf(requests: readonly Request[]): Promise<number> {
  const isHarmless = (request: Request) => sizesByKey.has(keyOf(request)) || new URL(request.url).search === '';
  return requests.every(isHarmless) ? sizeOf(requests) : 0;
}

function sizeOfOne(request: Request): Promise<number> {
  if (request.method !== 'GET') return Promise.resolve(0);
  const key = keyOf(request);
  let answer = sizesByKey.get(key);
  if (!answer) sizesByKey.set(key, (answer = queued(() => requestSize(request))));
  return answer;
}

/** Resolves with the size of a `HEAD` response; with 0 after an error, which the download itself will report. */
async function requestSize(request: Request): Promise<number> {
  const signal = AbortSignal.timeout(TIMEOUT);
  const head = await fetch(new Request(request, { method: 'HEAD', cache: 'no-store', integrity: '', signal })).catch(
    () => undefined,
  );
  if (!head?.ok || head.headers.has('content-encoding')) return 0;
  return Number(head.headers.get('content-length')) || 0;
}

let active = 0;
const queue: (() => void)[] = [];

/** Runs a limited number of tasks at a time. */
async function queued<Result>(task: () => Promise<Result>): Promise<Result> {
  if (active >= MAX_PARALLEL) await new Promise<void>((resolve) => queue.push(resolve));
  else active += 1;
  try {
    return await task();
  } finally {
    const next = queue.shift();
    if (next) next();
    else active -= 1;
  }
}

function keyOf({ url, credentials, headers }: Request): string {
  return JSON.stringify([url, credentials, ...headers]);
}

function sum(sizes: readonly number[]): number {
  return sizes.every((size) => size > 0) ? sizes.reduce((total, size) => total + size, 0) : 0;
}

/** Resolves with 0 on abort; the request continues for other callers. */
function aborted(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(0);
    signal.addEventListener('abort', () => resolve(0), { once: true });
  });
}
