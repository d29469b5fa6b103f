/** Decides whether a response is a whole file (RFC 9110 §15.3), for the in-page engine and the manager. */

/** Head of a response with the URL and method of its request. */
export interface FileResponse {
  /** URL of the request, not of the response: a sign-in page often has another one after a redirect. */
  readonly url: string;
  readonly method?: string | undefined;
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
}

/** Position of a part in its representation (RFC 9110 §14.4); `last` is inclusive. */
export interface ContentRange {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/** Statuses whose body is the requested representation; 203 is sent by transforming proxies. */
const WHOLE_STATUS: ReadonlySet<number> = new Set([200, 203]);

/** Extensions of files that are never a web page. */
const NO_PAGE = new RegExp(
  `\\.(${[
    'mp[234]|m4[abprsv]|m4v|mov|mkv|webm|avi|wmv|flv|mpe?g|m2?ts|ogg|og[av]|opus|wav|aiff?|flac|aac|mid|wma|cbr|cbz',
    'jpe?g|jxl|png|apng|gif|webp|avif|heic|heif|bmp|tiff?|ico|psd|glb|gltf|usdz|stl|ktx2?',
    'zip|zipx|7z|rar|tar|t?gz|tgz|bz2|xz|zst|br|lz4|jar|war|iso|img|dmg|pkg|msi|msix|exe|apk|aab|ipa|deb|rpm|crx|xpi|whl',
    'pdf|epub|mobi|azw3?|djvu|docx?|xlsx?|pptx?|od[pst]|rtf|csv|json|srt|vtt',
    'woff2?|ttf|otf|wasm|bin|dat|data|pck|pak|bundle|unityweb|sqlite3?|db|mbtiles|pmtiles|pbf|parquet|npy|npz|onnx|gguf|safetensors|tflite|pt|pth|h5',
  ].join('|')})$`,
  'i',
);

/** Returns the reason why a response is not the requested file; undefined if it is. */
export function refusalOf({ url, method = 'GET', status, headers }: FileResponse): string | undefined {
  const answered = `The server answered ${status} to "${url}"`;
  if (status < 200 || status > 299) return `${answered}.`;
  // Responses to an upload may be 201 or 204.
  if (method !== 'GET') return undefined;
  if (status === 206) return isWholeRange(headers) ? undefined : `${answered}: that is only a part of the file.`;
  if (!WHOLE_STATUS.has(status)) return `${answered}: that is not a file.`;
  return isPageInstead(url, headers)
    ? `The server answered with a web page to "${url}", as a sign-in page does: that is not the file.`
    : undefined;
}

/** Returns the reason why a request cannot return a file: it has a `Range` header. */
export function partRefusal({ url, headers }: Pick<FileResponse, 'url' | 'headers'>): string | undefined {
  if (header(headers, 'range') === null) return undefined;
  return `the request for "${url.slice(0, 80)}" has a Range header, and a part is never stored as the file. Remove the header`;
}

/** Parses the `Content-Range` of one part with a known total length; undefined for any other. */
export function toContentRange(value: string | null): ContentRange | undefined {
  const match = /^\s*bytes (\d+)-(\d+)\/(\d+)\s*$/i.exec(value ?? '');
  const [first = NaN, last = NaN, length = NaN] = match?.slice(1).map(Number) ?? [];
  return first <= last && last < length && Number.isSafeInteger(length) ? { first, last, length } : undefined;
}

function isWholeRange(headers: FileResponse['headers']): boolean {
  const range = toContentRange(header(headers, 'content-range'));
  return range?.first === 0 && range.last === range.length - 1;
}

/** Returns true for HTML if the URL's path has the extension of a film, an archive, … An attachment is never a sign-in page. */
function isPageInstead(url: string, headers: FileResponse['headers']): boolean {
  if (!/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(header(headers, 'content-type') ?? '')) return false;
  if (/^\s*attachment\b/i.test(header(headers, 'content-disposition') ?? '')) return false;
  return NO_PAGE.test(url.split(/[?#]/, 1)[0] ?? '');
}

function header(headers: FileResponse['headers'], name: string): string | null {
  for (const [key, value] of headers) if (key.toLowerCase() === name) return value;
  return null;
}
