/** A `Request` as plain data, which can be stored in IndexedDB and posted to a worker. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  /** An `ArrayBuffer` if the database cannot store Blobs. */
  readonly body?: Blob | ArrayBuffer;
  readonly mode: RequestMode;
  readonly credentials: RequestCredentials;
  readonly cache: RequestCache;
  readonly redirect: RequestRedirect;
  readonly referrer: string;
  readonly referrerPolicy: ReferrerPolicy;
  readonly integrity: string;
}

/** Converts a request to plain data without its body. */
export function toPlainHead(request: Request): PlainRequest {
  const { url, method, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity } = request;
  const headers = [...request.headers];
  return { url, method, headers, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity };
}

/** Converts a request to plain data with its body. The body of the request is consumed; pass a clone to keep it. */
export async function toPlainRequest(request: Request): Promise<PlainRequest & { readonly body?: Blob }> {
  const plain = toPlainHead(request) as Omit<PlainRequest, 'body'>;
  if (request.method === 'GET' || request.method === 'HEAD') return plain;
  const body = await request.blob();
  return body.size > 0 ? { ...plain, body } : plain;
}

/** Creates the `Request`. The mode `navigate` cannot be set by script and becomes `same-origin`. */
export function toRequest(plain: PlainRequest, change: RequestInit = {}): Request {
  return new Request(plain.url, { ...toInit(plain), ...change });
}

export function toInit(plain: PlainRequest): RequestInit {
  return { ...plain, mode: plain.mode === 'navigate' ? 'same-origin' : plain.mode, headers: plain.headers as [string, string][] };
}
