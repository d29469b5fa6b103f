/** Asks a server how large a download will be, before it is started. */

/** The size of all bodies together in bytes; 0 when one of them is unknown. Only what a GET without a body would bring is asked for. */
export async function sizeOf(requests: readonly Request[], signal?: AbortSignal): Promise<number> {
  const sizes = await Promise.all(requests.map((request) => sizeOfOne(request, signal)));
  return sizes.every((size) => size > 0) ? sizes.reduce((total, size) => total + size, 0) : 0;
}

/** `HEAD`, and where a server refuses it or does not say, the range of the first byte. */
async function sizeOfOne(request: Request, signal?: AbortSignal): Promise<number> {
  if (request.method !== 'GET') return 0;
  const ask = (init: RequestInit) =>
    fetch(new Request(request, { cache: 'no-store', integrity: '', signal: signal ?? null, ...init }));
  try {
    const head = await ask({ method: 'HEAD' });
    const size = head.ok && !head.headers.has('content-encoding') ? Number(head.headers.get('content-length')) : 0;
    if (size > 0 || head.headers.has('content-encoding') || signal?.aborted) return size;
    const first = await ask({ headers: [...request.headers, ['range', 'bytes=0-0']] });
    void first.body?.cancel();
    const [, total] = /^bytes 0-0\/(\d+)$/.exec(first.headers.get('content-range') ?? '') ?? [];
    return first.status === 206 ? Number(total ?? 0) : 0;
  } catch {
    return 0; // No size is no error: the download itself will say what is wrong.
  }
}
