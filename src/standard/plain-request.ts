/** A `Request` as plain data, so that it can be kept in IndexedDB, cross a `postMessage` and be made again. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Its bytes where the database takes no Blobs. */
  readonly body?: Blob | ArrayBuffer;
  readonly mode: RequestMode;
  readonly credentials: RequestCredentials;
  readonly cache: RequestCache;
  readonly redirect: RequestRedirect;
  readonly referrer: string;
  readonly referrerPolicy: ReferrerPolicy;
  readonly integrity: string;
}

/** Reads a request, its body included (the request's body is used up; pass a clone to keep it). */
export async function toPlainRequest(request: Request): Promise<PlainRequest & { readonly body?: Blob }> {
  const { url, method, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity } = request;
  const plain = {
    url,
    method,
    headers: [...request.headers],
    mode,
    credentials,
    cache,
    redirect,
    referrer,
    referrerPolicy,
    integrity,
  };
  if (method === 'GET' || method === 'HEAD') return plain;
  const body = await request.blob();
  return body.size > 0 ? { ...plain, body } : plain;
}

/** Makes the request again. A navigation's mode cannot be made by script and becomes `same-origin`. */
export function toRequest(plain: PlainRequest, change: RequestInit = {}): Request {
  return new Request(plain.url, { ...toInit(plain), ...change });
}

/** What makes the request again, beside its URL. */
export function toInit(plain: PlainRequest): RequestInit {
  return { ...plain, mode: plain.mode === 'navigate' ? 'same-origin' : plain.mode, headers: plain.headers as [string, string][] };
}
